using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads what nodes put out, of every kind; a kind is whatever the node calls it.</summary>
internal static class OutputReader
{
    /// <param name="meta">On newer servers tells which node of the graph an expanded node stands for.</param>
    public static IReadOnlyList<NodeOutput> OfPrompt(JsonElement outputs, JsonElement meta) =>
    [
        .. outputs.Members().SelectMany(node => OfNode(
            node.Name, meta.Get(node.Name).Get("display_node").Text() ?? node.Name, node.Value)),
    ];

    public static IReadOnlyList<NodeOutput> OfNode(string nodeId, string displayNode, JsonElement output) =>
    [
        .. output.Members().Select(kind =>
        {
            var items = kind.Value.ValueKind is JsonValueKind.Array ? kind.Value.Items().ToArray() : [kind.Value];
            return new NodeOutput(
                nodeId,
                displayNode,
                kind.Name,
                [.. items.Select(File).OfType<OutputFile>()],
                [.. items.Where(item => !IsFlag(item)).Select(Json.Text).OfType<string>()]);
        }),
    ];

    /// <summary>Such as "animated", which says something of the files beside it and is nothing of its own.</summary>
    private static bool IsFlag(JsonElement item) => item.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static OutputFile? File(JsonElement item) =>
        item.Get("filename").Text() is { Length: > 0 } filename
            ? new OutputFile(filename, item.Get("subfolder").Text() ?? "", item.Get("type").Text() ?? "output")
            {
                Format = item.Get("format").Text(),
            }
            : null;
}
