using System.Runtime.InteropServices;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>What in a single node would do harm.</summary>
internal static class NodeHazards
{
    /// <summary>Of the id of a node, the name of its class and those of its inputs; more than any that people gave.</summary>
    private const int LongestName = 200;

    private const string Sender = "ETN_SendImageWebSocket";
    private const string Format = "format";
    private const string Jpeg = "JPEG";
    private const string EndsProcess =
        "of an image with transparency ends ComfyUI's process; use 'PNG', or better a node that saves files";

    /// <summary>What keeps it from being read at all; ComfyUI's worker thread does not survive some of it.</summary>
    public static IEnumerable<GraphHazard> OfShape(string id, JsonElement node)
    {
        if (id.Length > LongestName)
        {
            yield return GraphHazard.Of(id, TooLong("id", id));
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            yield return GraphHazard.Of(id, $"a node must be an object, but is {JsonWords.Describe(node)}");
            yield break;
        }

        if (!node.TryGetProperty("class_type", out var classType)
            || classType.ValueKind != JsonValueKind.String || classType.GetString()!.Length == 0)
        {
            yield return GraphHazard.OfMember(id, "class_type", "a node needs the name of its class");
        }
        else if (classType.GetString() is { Length: > LongestName } name)
        {
            yield return GraphHazard.OfMember(id, "class_type", TooLong("class", name));
        }

        var hasInputs = node.TryGetProperty("inputs", out var inputs);
        if (!hasInputs || inputs.ValueKind != JsonValueKind.Object)
        {
            var found = hasInputs ? $"'inputs' is {JsonWords.Describe(inputs)}" : "it has no 'inputs'";
            yield return GraphHazard.OfMember(
                id, "inputs", $"{found}, which would stop ComfyUI's worker thread; write at least {{}}");
            yield break;
        }

        var isGood = true;
        foreach (var hazard in OfInputs(id, inputs))
        {
            isGood = false;
            yield return hazard;
        }

        if (isGood && HasTwins(node))
        {
            yield return GraphHazard.Of(id, "an object in the node has two members of one name");
        }
    }

    private static IEnumerable<GraphHazard> OfInputs(string id, JsonElement inputs)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in inputs.EnumerateObject())
        {
            if (input.Name.Length > LongestName)
            {
                yield return GraphHazard.OfInput(id, input.Name, TooLong("input", input.Name));
            }
            else if (!names.Add(input.Name))
            {
                yield return GraphHazard.OfInput(id, input.Name, "is given twice");
            }
            else if (IsLinkToFlag(input.Value))
            {
                yield return GraphHazard.OfInput(
                    id, input.Name, $"reads from socket {input.Value[1].GetRawText()} of a node; sockets have numbers");
            }
        }
    }

    /// <summary>To Python a truth value is a number too: ComfyUI follows such a link.</summary>
    private static bool IsLinkToFlag(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
        && value[0].ValueKind == JsonValueKind.String && value[1].ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static bool HasTwins(JsonElement node)
    {
        try
        {
            JsonElement.Parse(
                JsonMarshal.GetRawUtf8Value(node), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return false;
        }
        catch (JsonException)
        {
            // It was parsed before: nothing else can be wrong with it now.
            return true;
        }
    }

    private static string TooLong(string what, string name) =>
        $"the {what} has a name of {name.Length} characters; at most {LongestName} are allowed";

    /// <summary>What is known to go wrong with nodes of its class.</summary>
    public static IEnumerable<GraphHazard> OfClass(GraphNode node)
    {
        if (ImageLoaders.Of(node.ClassType) is { Placement: ImagePlacement.Base64 } loader
            && TextOf(node, loader.Input)?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true)
        {
            yield return GraphHazard.OfInput(
                node.Id,
                loader.Input,
                $"{node.ClassType} takes bare base64; drop all up to the comma of the data URI");
        }

        if (node.ClassType == Sender && node.Links.ContainsKey(Format))
        {
            yield return GraphHazard.OfInput(
                node.Id, Format, $"is connected: should it become '{Jpeg}', that {EndsProcess}");
        }
        else if (node.ClassType == Sender && TextOf(node, Format) is { } format && IsJpeg(format))
        {
            yield return GraphHazard.OfInput(node.Id, Format, $"{JsonWords.Quote(format)} {EndsProcess}");
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
