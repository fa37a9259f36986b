using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>One declared input of a node: what /object_info shows of it and what validation holds it to.</summary>
/// <param name="Type">ComfyUI's name of the type: IMAGE, MASK, INT, FLOAT, STRING, BOOLEAN, COMBO …</param>
/// <param name="Config">Default, bounds, tooltip; null where the declaration has none.</param>
/// <param name="Options">The values of a COMBO.</param>
internal sealed record InputSpec(
    string Name, string Type, JsonObject? Config = null, IReadOnlyList<string>? Options = null)
{
    public const string Combo = "COMBO";

    /// <summary>Takes whatever a link brings.</summary>
    public const string Any = "*";

    /// <summary>Whether a prompt may leave it out.</summary>
    public bool Optional { get; init; }

    /// <summary>False where the node checks the value itself, or not before it runs.</summary>
    public bool Checked { get; init; } = true;

    public static InputSpec Image(string name, JsonObject? config = null) => new(name, "IMAGE", config);

    public static InputSpec Mask(string name) => new(name, "MASK");

    public static InputSpec Integer(string name, long preset, long minimum, long maximum, long? step = 1)
    {
        var config = new JsonObject { ["default"] = preset, ["min"] = minimum, ["max"] = maximum };
        if (step is not null)
        {
            config["step"] = step;
        }

        return new(name, "INT", config);
    }

    public static InputSpec Number(string name, double preset, double minimum, double maximum, double step) => new(
        name,
        "FLOAT",
        new JsonObject
        {
            ["default"] = Json.Float(preset),
            ["min"] = Json.Float(minimum),
            ["max"] = Json.Float(maximum),
            ["step"] = Json.Float(step),
        });

    public static InputSpec Flag(string name, bool preset) =>
        new(name, "BOOLEAN", new JsonObject { ["default"] = preset });

    public static InputSpec Text(string name, JsonObject config) => new(name, "STRING", config);

    public static InputSpec Choice(string name, IReadOnlyList<string> options, JsonObject? config = null) =>
        new(name, Combo, config, options);

    /// <summary>The declaration as /object_info gives it.</summary>
    public JsonArray Declaration(NodeSchema schema)
    {
        if (schema == NodeSchema.Typed || Config is not null)
        {
            return WithConfig(schema);
        }

        return [TypeNode(schema)];
    }

    /// <summary>Without what only people read.</summary>
    /// <param name="checks">Whether the server holds a value to the list, which newer ones leave to some nodes.</param>
    public InputSpec Bare(bool checks)
    {
        var config = Config?.DeepClone().AsObject();
        config?.Remove("tooltip");
        return this with { Config = config is { Count: > 0 } ? config : null, Checked = Checked || checks };
    }

    /// <summary>The declaration as validation errors give it: on newer servers always with its configuration.</summary>
    public JsonArray Pair(NodeSchema schema) =>
        schema == NodeSchema.Bare ? Declaration(schema) : WithConfig(schema);

    private JsonArray WithConfig(NodeSchema schema)
    {
        var config = Config?.DeepClone().AsObject() ?? [];
        if (schema == NodeSchema.Typed && Options is not null)
        {
            config["multiselect"] = false;
            config["options"] = Json.Strings(Options);
        }

        return [TypeNode(schema), config];
    }

    private JsonNode TypeNode(NodeSchema schema) => Options is not null && schema != NodeSchema.Typed
        ? Json.Strings(Options)
        : JsonValue.Create(Type);
}
