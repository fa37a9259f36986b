namespace AkkaComfy.Core.Workflows;

/// <summary>Orders a graph's nodes by what they read from.</summary>
internal static class GraphOrder
{
    /// <returns>A node that can never run because it waits for itself; null when the graph has an order.</returns>
    public static string? FindOnCycle(IReadOnlyCollection<GraphNode> nodes)
    {
        var waiting = nodes.ToDictionary(
            node => node.Id, node => node.Links.Values.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var readers = nodes
            .SelectMany(node => node.Links.Values.Select(source => (Source: source, Reader: node.Id)))
            .ToLookup(link => link.Source, link => link.Reader, StringComparer.Ordinal);
        var ready = new Stack<string>(waiting.Where(node => node.Value.Count == 0).Select(node => node.Key));
        while (ready.TryPop(out var done))
        {
            waiting.Remove(done);
            foreach (var reader in readers[done])
            {
                if (waiting.TryGetValue(reader, out var sources) && sources.Remove(done) && sources.Count == 0)
                {
                    ready.Push(reader);
                }
            }
        }

        // What is left waits for a cycle or is on one: walking against the links ends on it.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var at = waiting.Keys.FirstOrDefault();
        while (at is not null && seen.Add(at))
        {
            at = waiting[at].First();
        }

        return at;
    }
}
