using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Host.Watching;

/// <summary>Keeps the catalog as the folders are: what is valid is taken, what is not leaves the old one in its place.</summary>
internal sealed partial class CatalogKeeper(LiveCatalog catalog, ILogger<CatalogKeeper> logger)
{
    private readonly Dictionary<string, Workflow> _workflows =
        catalog.All.ToDictionary(workflow => workflow.Name.Value, StringComparer.Ordinal);

    private readonly Dictionary<string, RefusedFolder> _refused =
        catalog.Refused.ToDictionary(folder => folder.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _workflows.Keys;

    /// <returns>Whether what can be run is other than before.</returns>
    public bool Take(string name, WorkflowParsed parsed, DateTimeOffset now)
    {
        if (!parsed.IsValid)
        {
            Refuse(new RefusedFolder(name, parsed.Problems, now));
            return false;
        }

        var wasRefused = _refused.Remove(name);
        var before = _workflows.GetValueOrDefault(name);
        if (before?.Version == parsed.Workflow.Version)
        {
            if (wasRefused)
            {
                LogAsBefore(name, before.Version);
                Publish();
            }

            return false;
        }

        _workflows[name] = parsed.Workflow;
        Publish();
        LogTaken(name, before is null ? "added" : "changed", parsed.Workflow.Version);
        return true;
    }

    /// <returns>Whether what can be run is other than before.</returns>
    public bool Remove(string name)
    {
        var wasRefused = _refused.Remove(name);
        var wasThere = _workflows.Remove(name);
        if (wasRefused || wasThere)
        {
            Publish();
            LogGone(name);
        }

        return wasThere;
    }

    private void Refuse(RefusedFolder folder)
    {
        var isNews = !_refused.TryGetValue(folder.Name, out var before) || !before.Problems.SequenceEqual(folder.Problems);
        if (!isNews)
        {
            return;
        }

        _refused[folder.Name] = folder;
        Publish();
        LogRefused(
            folder.Name, string.Join("; ", folder.Problems),
            _workflows.TryGetValue(folder.Name, out var served) ? $"version {served.Version} stays" : "it is not served");
    }

    private void Publish() => catalog.Replace(new WorkflowCatalog(_workflows.Values, _refused.Values));

    [LoggerMessage(LogLevel.Information, "Workflow {Workflow} is {What}: version {Version}")]
    private partial void LogTaken(string workflow, string what, string version);

    [LoggerMessage(LogLevel.Information, "Workflow {Workflow} is as it was: version {Version}")]
    private partial void LogAsBefore(string workflow, string version);

    [LoggerMessage(LogLevel.Information, "Workflow {Workflow} is gone: its folder was removed")]
    private partial void LogGone(string workflow);

    [LoggerMessage(LogLevel.Warning, "Workflow {Workflow} cannot be used as it is now, and {What}: {Problems}")]
    private partial void LogRefused(string workflow, string problems, string what);
}
