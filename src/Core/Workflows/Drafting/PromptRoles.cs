namespace AkkaComfy.Core.Workflows.Drafting;

/// <summary>Tells what a text is for by where the graph takes it: a sampler wants some of it, and some of it not.</summary>
internal sealed class PromptRoles(PromptGraph graph)
{
    private const string Wanted = "prompt";
    private const string Unwanted = "negative_prompt";

    private readonly ILookup<string, (string Reader, string Input)> _readers = graph.Nodes
        .SelectMany(node => node.Links.Select(link => (Source: link.Value, Reader: node.Id, Input: link.Key)))
        .ToLookup(link => link.Source, link => (link.Reader, link.Input), StringComparer.Ordinal);

    public string NameOf(GraphNode node, string widget) => RoleOf(widget) ?? RoleDownstreamOf(node) ?? Wanted;

    /// <summary>Breadth first: the nearest input that says so decides.</summary>
    private string? RoleDownstreamOf(GraphNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { node.Id };
        var next = new Queue<string>([node.Id]);
        while (next.TryDequeue(out var source))
        {
            foreach (var (reader, input) in _readers[source])
            {
                if (RoleOf(input) is { } role)
                {
                    return role;
                }

                if (seen.Add(reader))
                {
                    next.Enqueue(reader);
                }
            }
        }

        return null;
    }

    private static string? RoleOf(string input) => input switch
    {
        "positive" or "positive_prompt" => Wanted,
        "negative" or "negative_prompt" => Unwanted,
        _ => null,
    };
}
