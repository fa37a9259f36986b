namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// The nodes still to execute and what each waits for. Of several that are ready, an output node goes first, then the
/// one closest to an output, so that results appear early: the order clients of ComfyUI see. Where an
/// <paramref name="order"/> is given, that one holds instead.
/// </summary>
internal sealed class ExecutionList(
    PromptGraph graph, Func<string, bool> isOutput, Func<string, bool> isCached, IReadOnlyList<string>? order = null)
{
    private readonly OrderedDictionary<string, int> _waits = [];
    private readonly Dictionary<string, OrderedDictionary<string, bool>> _dependents = [];

    public bool IsEmpty => _waits.Count == 0;

    /// <summary>Adds a node and all it needs that is not cached.</summary>
    /// <exception cref="WorkerDeathException">A link leads to a node that does not exist.</exception>
    public void Add(string node)
    {
        var open = new Stack<string>([node]);
        var links = new List<Link>();
        while (open.TryPop(out var id))
        {
            if (!_waits.TryAdd(id, 0))
            {
                continue;
            }

            _dependents[id] = [];
            foreach (var source in graph.Sources(id))
            {
                if (!graph.Contains(source))
                {
                    throw new WorkerDeathException($"Node {source} not found");
                }

                if (isCached(source))
                {
                    continue;
                }

                open.Push(source);
                links.Add(new Link(source, id));
            }
        }

        foreach (var (source, target) in links)
        {
            if (_dependents[source].TryAdd(target, true))
            {
                _waits[target]++;
            }
        }
    }

    /// <summary>The next node, or null where all wait for each other.</summary>
    public string? Next()
    {
        var ready = _waits.Where(node => node.Value == 0).Select(node => node.Key).ToList();
        return order?.FirstOrDefault(ready.Contains)
            ?? ready.Find(node => isOutput(node))
            ?? ready.Find(node => _dependents[node].Keys.Any(isOutput))
            ?? ready.Find(node => _dependents[node].Keys.Any(next => _dependents[next].Keys.Any(isOutput)))
            ?? (ready.Count > 0 ? ready[0] : null);
    }

    public string First => _waits.GetAt(0).Key;

    public void Complete(string node)
    {
        foreach (var dependent in _dependents[node].Keys)
        {
            _waits[dependent]--;
        }

        _waits.Remove(node);
        _dependents.Remove(node);
    }

    private readonly record struct Link(string Source, string Target);
}
