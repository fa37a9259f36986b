namespace AkkaComfy.Core.Workflows;

/// <summary>What is known once a graph's nodes are ordered by what they read from.</summary>
/// <param name="OnCycle">A node that can never run because it waits for itself; null when the graph has an order.</param>
/// <param name="LongestChain">How many nodes stand in the longest row of which each reads from the one before.</param>
internal readonly record struct GraphOrder(string? OnCycle, int LongestChain)
{
    public static GraphOrder Of(IReadOnlyCollection<GraphNode> nodes)
    {
        var waiting = nodes.ToDictionary(
            node => node.Id, node => node.Links.Values.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var readers = nodes
            .SelectMany(node => node.Links.Values.Select(source => (Source: source, Reader: node.Id)))
            .ToLookup(link => link.Source, link => link.Reader, StringComparer.Ordinal);
        var places = nodes.ToDictionary(node => node.Id, _ => 1, StringComparer.Ordinal);
        var ready = new Stack<string>(waiting.Where(node => node.Value.Count == 0).Select(node => node.Key));
        while (ready.TryPop(out var done))
        {
            waiting.Remove(done);
            foreach (var reader in readers[done])
            {
                if (waiting.TryGetValue(reader, out var sources) && sources.Remove(done))
                {
                    places[reader] = Math.Max(places[reader], places[done] + 1);
                    if (sources.Count == 0)
                    {
                        ready.Push(reader);
                    }
                }
            }
        }

        return new GraphOrder(OnCycleOf(waiting), places.Values.DefaultIfEmpty().Max());
    }

    /// <summary>What is left waits for a cycle or is on one: walking against the links ends on it.</summary>
    private static string? OnCycleOf(Dictionary<string, HashSet<string>> waiting)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var at = waiting.Keys.FirstOrDefault();
        while (at is not null && seen.Add(at))
        {
            at = waiting[at].First();
        }

        return at;
    }
}
