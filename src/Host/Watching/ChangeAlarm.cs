using System.Threading.Channels;

namespace AkkaComfy.Host.Watching;

/// <summary>Rings when something in a directory may have changed; only a hint, as not every file system tells.</summary>
internal sealed class ChangeAlarm(string directory, TimeProvider time) : IDisposable
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private FileSystemWatcher? _watcher;
    private volatile bool _failed;

    /// <summary>Listens if it does not yet, or no longer does.</summary>
    /// <returns>Why it cannot; null when it does.</returns>
    public Exception? Listen()
    {
        if (_watcher is not null && !_failed)
        {
            return null;
        }

        _watcher?.Dispose();
        (_watcher, _failed) = (null, false);
        try
        {
            _watcher = Watch();
            return null;
        }
        catch (Exception unable) when (unable is IOException or ArgumentException or PlatformNotSupportedException)
        {
            return unable;
        }
    }

    /// <summary>The directory was away: what listened to it listens to nothing.</summary>
    public void Lose() => _failed = true;

    /// <returns>When it rings, and at the latest after the time given.</returns>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(atMost, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await _rung.Reader.ReadAsync(over.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing rang: the caller looks all the same.
        }
    }

    public void Dispose() => _watcher?.Dispose();

    private FileSystemWatcher Watch()
    {
        var watcher = new FileSystemWatcher(directory) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => Ring();
        watcher.Created += (_, _) => Ring();
        watcher.Deleted += (_, _) => Ring();
        watcher.Renamed += (_, _) => Ring();
        watcher.Error += (_, _) =>
        {
            _failed = true;
            Ring();
        };
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    private void Ring() => _rung.Writer.TryWrite(true);
}
