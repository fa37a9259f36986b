using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Nodes.Values;

/// <summary>ComfyUI's nodes that are one value: what it is given, it passes on.</summary>
internal sealed class Primitive : Node
{
    private const string Value = "value";

    private Primitive(string name, string title, InputSpec value) => Declared = new NodeSpec(name, title, "utils/primitive")
    {
        Inputs = [value],
        Outputs = [value.Type],
        Module = "comfy_extras.nodes_primitive",
        Schema = NodeSchema.Typed,
    };

    public static IReadOnlyList<Primitive> All { get; } =
    [
        new("PrimitiveString", "String", InputSpec.Text(Value, new() { ["multiline"] = false })),
        new("PrimitiveStringMultiline", "String (Multiline)", InputSpec.Text(Value, new() { ["multiline"] = true })),
        new("PrimitiveInt", "Int", new(Value, "INT", Range(new() { ["control_after_generate"] = true }))),
        new("PrimitiveFloat", "Float", new(Value, "FLOAT", Range([]))),
        new("PrimitiveBoolean", "Boolean", new(Value, "BOOLEAN")),
    ];

    protected override NodeSpec Declared { get; }

    public override Task<NodeResult> RunAsync(NodeCall call) => Task.FromResult(new NodeResult(call.Find(Value)));

    private static JsonObject Range(JsonObject config)
    {
        config["min"] = -long.MaxValue;
        config["max"] = long.MaxValue;
        return config;
    }
}
