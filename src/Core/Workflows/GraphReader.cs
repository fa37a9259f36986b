using System.Collections.Frozen;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Reads a graph and refuses what would make ComfyUI fail, or kill its worker thread.</summary>
internal static class GraphReader
{
    /// <returns>Null when there are problems.</returns>
    public static PromptGraph? Read(string json, ProblemList problems)
    {
        if (problems.ParseObject(json) is not { } root || IsAnotherFormat(root, problems))
        {
            return null;
        }

        var nodes = new List<GraphNode>();
        foreach (var property in root.EnumerateObject())
        {
            if (ReadNode(property.Name, property.Value, problems) is { } node)
            {
                nodes.Add(node);
            }
        }

        if (!root.EnumerateObject().Any())
        {
            problems.Add("", "has no nodes");
        }

        CheckLinks(root, nodes, problems);
        return problems.IsEmpty ? new PromptGraph(json, nodes) : null;
    }

    private static bool IsAnotherFormat(JsonElement root, ProblemList problems)
    {
        if (root.TryGetProperty("nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Array)
        {
            problems.Add("", "is in the editor's format; choose Workflow > Export (API) in ComfyUI and use that file");
            return true;
        }

        if (root.TryGetProperty("prompt", out var prompt)
            && prompt.ValueKind == JsonValueKind.Object && !prompt.TryGetProperty("class_type", out _))
        {
            problems.Add("", "is a whole request to ComfyUI; keep only the object under 'prompt'");
            return true;
        }

        return false;
    }

    private static GraphNode? ReadNode(string id, JsonElement node, ProblemList problems)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            problems.Add(id, $"a node must be an object, but is {JsonWords.Describe(node)}");
            return null;
        }

        var hasClass = node.TryGetProperty("class_type", out var classType)
            && classType.ValueKind == JsonValueKind.String && classType.GetString()!.Length > 0;
        if (!hasClass)
        {
            problems.Add($"{id}.class_type", "a node needs the name of its class");
        }

        var hasInputs = node.TryGetProperty("inputs", out var inputs);
        if (!hasInputs || inputs.ValueKind != JsonValueKind.Object)
        {
            var found = hasInputs ? $"'inputs' is {JsonWords.Describe(inputs)}" : "it has no 'inputs'";
            problems.Add($"{id}.inputs", $"{found}, which would stop ComfyUI's worker thread; write at least {{}}");
            return null;
        }

        return hasClass
            ? new GraphNode(id, classType.GetString()!, TitleOf(node), ValuesOf(inputs), LinksOf(inputs))
            : null;
    }

    private static void CheckLinks(JsonElement root, List<GraphNode> nodes, ProblemList problems)
    {
        var dangling = false;
        foreach (var node in nodes)
        {
            foreach (var (input, source) in node.Links)
            {
                if (root.TryGetProperty(source, out _))
                {
                    continue;
                }

                dangling = true;
                problems.Add($"{node.Id}.inputs.{input}", $"reads from node '{source}', which does not exist");
            }
        }

        if (!dangling && GraphOrder.FindOnCycle(nodes) is { } id)
        {
            problems.Add(id, "the node reads, through others, from itself");
        }
    }

    private static string? TitleOf(JsonElement node) =>
        node.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String
            ? title.GetString()
            : null;

    private static FrozenDictionary<string, JsonElement> ValuesOf(JsonElement inputs) => inputs.EnumerateObject()
        .Where(input => SourceOf(input.Value) is null)
        .ToFrozenDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);

    private static FrozenDictionary<string, string> LinksOf(JsonElement inputs) => inputs.EnumerateObject()
        .Where(input => SourceOf(input.Value) is not null)
        .ToFrozenDictionary(input => input.Name, input => SourceOf(input.Value)!, StringComparer.Ordinal);

    /// <summary>ComfyUI takes a list of a string and a number for a link, and nothing else.</summary>
    private static string? SourceOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
        && value[0].ValueKind == JsonValueKind.String && value[1].ValueKind == JsonValueKind.Number
            ? value[0].GetString()
            : null;
}
