using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Tests;

/// <summary>Prompts that many tests send.</summary>
internal static class Prompts
{
    /// <summary>Nodes by id, "1" onwards.</summary>
    public static JsonObject Of(params (string Class, JsonObject Inputs)[] nodes) => new(nodes.Select((node, index) =>
        KeyValuePair.Create($"{index + 1}", (JsonNode?)new JsonObject
        {
            ["class_type"] = node.Class, ["inputs"] = node.Inputs,
        })));

    public static JsonArray Link(string node, int slot = 0) => [node, slot];

    public static (string Class, JsonObject Inputs) Empty(int width = 32, int height = 32, int color = 0x336699) => (
        "EmptyImage",
        new() { ["width"] = width, ["height"] = height, ["batch_size"] = 1, ["color"] = color });

    public static (string Class, JsonObject Inputs) Save(string from, string prefix = "test", int slot = 0) =>
        ("SaveImage", new() { ["images"] = Link(from, slot), ["filename_prefix"] = prefix });

    public static (string Class, JsonObject Inputs) LoadBase64(ReadOnlySpan<byte> image) =>
        ("ETN_LoadImageBase64", new() { ["image"] = Convert.ToBase64String(image) });

    public static JsonObject Small(int color = 0x336699) => Of(Empty(color: color), Save("1"));

    /// <summary>An image, work that takes time, and a file; every salt is other work.</summary>
    public static JsonObject Probe(
        double seconds = 0, int steps = 1, int salt = 0, bool preview = false, int failAt = 0, int exitAt = 0) => Of(
        Empty(),
        ("ProbeWork", new()
        {
            ["image"] = Link("1"),
            ["seconds"] = seconds,
            ["steps"] = steps,
            ["preview"] = preview,
            ["fail_at"] = failAt,
            ["exit_at"] = exitAt,
            ["salt"] = salt,
        }),
        Save("2"));

    /// <summary>A shipped workflow with that image in its first node.</summary>
    public static JsonObject Workflow(string name, byte[] image)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "workflows", name, "workflow.json");
        var prompt = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        prompt["1"]!["inputs"]!["image"] = Convert.ToBase64String(image);
        return prompt;
    }

    public static byte[] Sample(string file) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", file));
}
