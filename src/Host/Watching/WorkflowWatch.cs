using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Watching;

/// <summary>Follows the folders of workflows while the service runs: at every alarm, and every now and then without one.</summary>
internal sealed partial class WorkflowWatch(
    CatalogKeeper keeper, JobsGateway gateway, ServiceSettings settings, TimeProvider time, ILogger<WorkflowWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks at what is being written.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly string _directory = settings.WorkflowsDirectory;
    private readonly FolderChanges _changes = new(Settle, Absence);
    private string? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var name in keeper.Names)
        {
            // Loaded a moment ago: read again, it is the same version, or has changed since.
            _changes.Settle(name, default(FolderStamp));
        }

        using var alarm = new ChangeAlarm(_directory, time);
        while (true)
        {
            TellOnce(LookAgain(alarm));
            var now = time.GetUtcNow();
            var wait = _changes.NextRest(now) is { } rest && rest - now < settings.WorkflowsScanInterval
                ? rest - now
                : settings.WorkflowsScanInterval;
            await alarm.WaitAsync(wait, stoppingToken);
            await Task.Delay(Breath, time, stoppingToken);
        }
    }

    /// <returns>What hinders it; null when all is well.</returns>
    private string? LookAgain(ChangeAlarm alarm)
    {
        try
        {
            var folders = WorkflowFolder.In(_directory);
            var deaf = folders.Count > 0 ? alarm.Listen() : null;
            Look(folders);
            if (folders.Count == 0)
            {
                alarm.Lose();
                return "it is missing or empty, and the workflows stay as they are";
            }

            return deaf is null ? null : $"changes are found only every {settings.WorkflowsScanInterval} ({deaf.Message})";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return $"it cannot be read, and the workflows stay as they are ({failure.Message})";
        }
    }

    private void Look(List<string> folders)
    {
        var seen = new Dictionary<string, FolderStamp>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            seen[WorkflowFolder.NameOf(folder)] = StampOf(folder);
        }

        var changed = false;
        try
        {
            foreach (var name in _changes.See(seen, time.GetUtcNow()))
            {
                changed |= seen.TryGetValue(name, out var stamp) ? Read(name, stamp) : Forget(name);
            }
        }
        finally
        {
            // Should one be beyond reading in a way nobody thought of, those before it are served all the same.
            if (changed)
            {
                gateway.WorkflowsChanged();
            }
        }
    }

    private bool Read(string name, FolderStamp stamp)
    {
        var folder = Path.Combine(_directory, name);
        WorkflowParsed parsed;
        try
        {
            parsed = WorkflowFolder.Read(folder);
            if (FolderStamp.Of(folder) != stamp)
            {
                return false;
            }

            _changes.Settle(name, stamp);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Rights may change and leave no mark on the file: it is tried again at the next look.
            parsed = new WorkflowParsed(
                null, [new WorkflowProblem(WorkflowParser.GraphFile, "", $"cannot be read: {unreadable.Message}")]);
        }

        return keeper.Take(name, parsed, time.GetUtcNow());
    }

    /// <summary>One that cannot be looked at, such as a link to itself, keeps nobody from looking at the others.</summary>
    private static FolderStamp StampOf(string folder)
    {
        try
        {
            return FolderStamp.Of(folder);
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return FolderStamp.Hidden;
        }
    }

    private bool Forget(string name)
    {
        _changes.Settle(name, null);
        return keeper.Remove(name);
    }

    private void TellOnce(string? hindrance)
    {
        if (hindrance != _told && hindrance is not null)
        {
            LogHindered(_directory, hindrance);
        }

        _told = hindrance;
    }

    [LoggerMessage(LogLevel.Warning, "The directory {Directory} of workflows cannot be followed: {What}")]
    private partial void LogHindered(string directory, string what);
}
