using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Which of ComfyUI's ways of declaring nodes a class uses; /object_info differs slightly.</summary>
internal enum NodeSchema
{
    /// <summary>Of servers until 2024: declared inputs are shown as they are, without more.</summary>
    Bare,
    Classic,
    Typed,
}

/// <summary>The declaration of a node class, from which /object_info and validation both come.</summary>
internal sealed record NodeSpec(string Class, string Title, string Category)
{
    public IReadOnlyList<InputSpec> Inputs { get; init; } = [];

    /// <summary>The types of the outputs, which are also their names.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    public bool IsOutput { get; init; }

    /// <summary>Whether the prompt and its extra data are passed in beside the declared inputs.</summary>
    public bool TakesPrompt { get; init; }

    public string Description { get; init; } = "";

    public string Module { get; init; } = "nodes";

    public NodeSchema Schema { get; init; } = NodeSchema.Classic;

    /// <summary>Whether /object_info says which file a class comes from.</summary>
    public bool NamesModule { get; init; } = true;

    public InputSpec? Input(string name) => Inputs.FirstOrDefault(input => input.Name == name);

    /// <summary>Older servers had no words about nodes, and checked every list themselves.</summary>
    public NodeSpec AsOf(ComfyVersion version) => version.DescribesInputs
        ? this
        : this with
        {
            Description = "",
            Schema = NodeSchema.Bare,
            NamesModule = version.NamesModules,
            Inputs = [.. Inputs.Select(input => input.Bare(checks: Schema == NodeSchema.Typed))],
        };

    public JsonObject ToJson()
    {
        var info = new JsonObject
        {
            ["input"] = Sections(inputs => new JsonObject(inputs.Select(
                input => KeyValuePair.Create(input.Name, (JsonNode?)input.Declaration(Schema)))),
                new JsonObject { ["prompt"] = "PROMPT", ["extra_pnginfo"] = "EXTRA_PNGINFO" }),
        };
        if (Schema != NodeSchema.Bare)
        {
            info["input_order"] = Sections(
                inputs => Json.Strings(inputs.Select(input => input.Name)),
                Json.Strings(["prompt", "extra_pnginfo"]));
        }

        info["output"] = Json.Strings(Outputs);
        info["output_is_list"] = new JsonArray([.. Outputs.Select(_ => JsonValue.Create(false))]);
        info["output_name"] = Json.Strings(Outputs);
        if (Schema == NodeSchema.Typed)
        {
            info["output_tooltips"] = new JsonArray([.. Outputs.Select(_ => (JsonNode?)null)]);
        }

        info["name"] = Class;
        info["display_name"] = Title;
        info["description"] = Description;
        if (NamesModule)
        {
            info["python_module"] = Module;
        }

        info["category"] = Category;
        info["output_node"] = IsOutput;
        if (Schema != NodeSchema.Typed)
        {
            return info;
        }

        info["deprecated"] = false;
        info["experimental"] = false;
        info["api_node"] = false;
        return info;
    }

    private JsonObject Sections(Func<IReadOnlyList<InputSpec>, JsonNode> declared, JsonNode hidden)
    {
        var sections = new JsonObject { ["required"] = declared([.. Inputs.Where(input => !input.Optional)]) };
        if (Inputs.Any(input => input.Optional))
        {
            sections["optional"] = declared([.. Inputs.Where(input => input.Optional)]);
        }

        if (TakesPrompt)
        {
            sections["hidden"] = hidden;
        }

        return sections;
    }
}
