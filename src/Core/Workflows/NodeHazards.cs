using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>What in a single node would do harm.</summary>
internal static class NodeHazards
{
    private const string Sender = "ETN_SendImageWebSocket";
    private const string Format = "format";
    private const string Jpeg = "JPEG";
    private const string EndsProcess =
        "of an image with transparency ends ComfyUI's process; use 'PNG', or better a node that saves files";

    /// <summary>What keeps it from being read at all; ComfyUI's worker thread does not survive some of it.</summary>
    public static IEnumerable<GraphHazard> OfShape(string id, JsonElement node)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            yield return new GraphHazard(id, $"a node must be an object, but is {JsonWords.Describe(node)}");
            yield break;
        }

        if (!node.TryGetProperty("class_type", out var classType)
            || classType.ValueKind != JsonValueKind.String || classType.GetString()!.Length == 0)
        {
            yield return new GraphHazard($"{id}.class_type", "a node needs the name of its class");
        }

        var hasInputs = node.TryGetProperty("inputs", out var inputs);
        if (!hasInputs || inputs.ValueKind != JsonValueKind.Object)
        {
            var found = hasInputs ? $"'inputs' is {JsonWords.Describe(inputs)}" : "it has no 'inputs'";
            yield return new GraphHazard(
                $"{id}.inputs", $"{found}, which would stop ComfyUI's worker thread; write at least {{}}");
            yield break;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in inputs.EnumerateObject())
        {
            if (!names.Add(input.Name))
            {
                yield return new GraphHazard($"{id}.inputs.{input.Name}", "is given twice");
            }
        }
    }

    /// <summary>What is known to go wrong with nodes of its class.</summary>
    public static IEnumerable<GraphHazard> OfClass(GraphNode node)
    {
        if (ImageLoaders.Of(node.ClassType) is { Placement: ImagePlacement.Base64 } loader
            && TextOf(node, loader.Input)?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true)
        {
            yield return new GraphHazard(
                $"{node.Id}.inputs.{loader.Input}",
                $"{node.ClassType} takes bare base64; drop all up to the comma of the data URI");
        }

        if (node.ClassType == Sender && node.Links.ContainsKey(Format))
        {
            yield return new GraphHazard(
                $"{node.Id}.inputs.{Format}", $"is connected: should it become '{Jpeg}', that {EndsProcess}");
        }
        else if (node.ClassType == Sender && TextOf(node, Format) is { } format && IsJpeg(format))
        {
            yield return new GraphHazard($"{node.Id}.inputs.{Format}", $"{JsonWords.Quote(format)} {EndsProcess}");
        }
    }

    /// <returns>Null unless clients could do harm with what they may set there.</returns>
    public static string? OfBinding(GraphNode node, string input, InputSpec spec) =>
        node.ClassType == Sender && input == Format && (spec.Type != InputType.Enum || spec.Values.Any(IsJpeg))
            ? $"clients may set the format of {Sender}, and '{Jpeg}' {EndsProcess}"
            : null;

    private static bool IsJpeg(string format) => format.Equals(Jpeg, StringComparison.OrdinalIgnoreCase);

    private static string? TextOf(GraphNode node, string input) =>
        node.Values.TryGetValue(input, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
