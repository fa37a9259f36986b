using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Progress;

/// <summary>Makes of what ComfyUI says of nodes one percentage that never goes back; owned by one execution.</summary>
public sealed class ProgressTracker(int nodeCount, Func<string, string?> classOf)
{
    private const int MaxPercentage = 99;

    /// <summary>How much of each node is done, 0 to 1; bounded by the graph, since foreign ids are not kept.</summary>
    private readonly Dictionary<string, double> _done = new(StringComparer.Ordinal);
    private string? _running;

    public ProgressTracker(Workflow workflow)
        : this(workflow.NodeCount, workflow.ClassOf)
    {
    }

    public JobProgress Current { get; private set; } = new(0, null);

    /// <returns>Whether <see cref="Current"/> changed; so do all of these.</returns>
    public bool NodesCached(IEnumerable<string> nodeIds)
    {
        foreach (var id in nodeIds)
        {
            Advance(DisplayOf(id), 1);
        }

        return Refresh();
    }

    public bool NodeStarted(string nodeId)
    {
        var node = DisplayOf(nodeId);
        // Servers of 2023 do not say when a node ends: the next one's start does.
        if (_running is { } before && before != node)
        {
            Advance(before, 1);
        }

        _running = node;
        return Refresh();
    }

    /// <param name="nodeId">Null from servers that do not say which: then it is the one that runs.</param>
    public bool NodeProgress(string? nodeId, double value, double max)
    {
        if ((nodeId is null ? _running : DisplayOf(nodeId)) is not { } node || !(max > 0) || !(value >= 0))
        {
            return false;
        }

        Advance(node, Math.Min(value / max, 1));
        return Refresh();
    }

    /// <summary>Nodes that a node expanded into do not end it.</summary>
    public bool NodeFinished(string nodeId)
    {
        if (DisplayOf(nodeId) == nodeId)
        {
            Advance(nodeId, 1);
        }

        return Refresh();
    }

    private bool Refresh()
    {
        var percentage = (int)(100 * _done.Values.Sum() / Math.Max(1, nodeCount));
        var now = new JobProgress(
            Math.Clamp(percentage, Current.Percentage, MaxPercentage),
            _running is null ? null : new CurrentNode(_running, classOf(_running)));
        var changed = now != Current;
        Current = now;
        return changed;
    }

    private void Advance(string node, double to)
    {
        if (classOf(node) is not null && to > _done.GetValueOrDefault(node))
        {
            _done[node] = to;
        }
    }

    /// <summary>A node that is not in the graph was made by one that is: "5.0.0.1" belongs to "5".</summary>
    private string DisplayOf(string nodeId)
    {
        if (classOf(nodeId) is not null)
        {
            return nodeId;
        }

        var dot = nodeId.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? nodeId[..dot] : nodeId;
    }
}
