namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// The order of servers until 2024: the output that needs the fewest nodes first, and before each node what it links
/// to, in the order of its inputs.
/// </summary>
internal sealed class DepthFirstOrder(PromptGraph graph, Func<string, bool> isCached)
{
    public IReadOnlyList<string> Of(IEnumerable<string> outputs)
    {
        var (order, open) = (new List<string>(), outputs.ToList());
        while (open.Count > 0)
        {
            var runs = open
                .Select(output => Missing(output, order))
                .OrderBy(run => run.Count).ThenBy(run => run[^1], StringComparer.Ordinal)
                .First();
            order.AddRange(runs);
            open.Remove(runs[^1]);
        }

        return order;
    }

    /// <summary>What would run for this output, itself last; a cached one is only looked up.</summary>
    private List<string> Missing(string output, List<string> done)
    {
        var (missing, seen) = (new List<string>(), new HashSet<string>(done));
        if (!isCached(output))
        {
            Visit(output);
        }

        missing.Remove(output);
        missing.Add(output);
        return missing;

        void Visit(string node)
        {
            if (!graph.Contains(node) || isCached(node) || !seen.Add(node))
            {
                return;
            }

            foreach (var source in graph.Sources(node))
            {
                Visit(source);
            }

            missing.Add(node);
        }
    }
}
