namespace AkkaComfy.Core.Workflows;

/// <summary>Reads a graph, and refuses it where it has hazards.</summary>
internal static class GraphReader
{
    /// <returns>Null when there are problems.</returns>
    public static PromptGraph? Read(string json, ProblemList problems)
    {
        if (problems.ParseObject(json) is not { } root)
        {
            return null;
        }

        foreach (var hazard in GraphHazards.Find(root))
        {
            problems.Add(hazard.Place, hazard.Reason);
        }

        return problems.IsEmpty
            ? new PromptGraph(json, root.EnumerateObject().Select(node => GraphNode.Read(node.Name, node.Value)))
            : null;
    }
}
