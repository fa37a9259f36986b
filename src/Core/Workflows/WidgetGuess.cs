using System.Text.Json;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>What the value of a widget, and its name, say of the input that sets it.</summary>
internal static class WidgetGuess
{
    /// <summary>What ComfyUI calls its seeds.</summary>
    private static readonly string[] Seeds = ["seed", "noise_seed"];

    /// <summary>Written without a point where the fraction is zero.</summary>
    private static readonly string[] Fractions =
        ["cfg", "denoise", "strength", "strength_model", "strength_clip", "guidance", "scale_by", "weight", "fps", "frame_rate"];

    /// <param name="name">Of the input to be; what it is called says something too.</param>
    /// <param name="widget">A widget that holds a text, a number, true or false.</param>
    public static InputSpec Of(string name, GraphNode node, string widget)
    {
        var value = node.Values[widget];
        var type = TypeOf(name, node, widget, value);
        var spec = Of(name, type, new NodeInput(node.Id, widget));
        return spec with { Default = type == InputType.Seed ? null : DefaultOf(spec, value) };
    }

    public static InputSpec Of(string name, InputType type, NodeInput target) => type switch
    {
        InputType.Integer => new InputSpec(name, type, [target]) { Minimum = long.MinValue, Maximum = long.MaxValue },
        InputType.Seed => new InputSpec(name, type, [target]) { Minimum = 0, Maximum = ulong.MaxValue },
        _ => new InputSpec(name, type, [target]),
    };

    /// <returns>Null for one that the input itself would not take.</returns>
    public static InputValue? DefaultOf(InputSpec spec, JsonElement value) => InputText.Read(
        spec, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Value;

    public static bool IsWidget(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        or JsonValueKind.True or JsonValueKind.False;

    private static InputType TypeOf(string name, GraphNode node, string widget, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => InputType.String,
        JsonValueKind.True or JsonValueKind.False => InputType.Boolean,
        _ when !IsWhole(value) => InputType.Number,
        _ when value.TryGetUInt64(out _) && (Seeds.Contains(widget) || Seeds.Contains(name)) => InputType.Seed,
        _ when Fractions.Contains(widget) || node.ClassType.Contains("Float", StringComparison.OrdinalIgnoreCase) =>
            InputType.Number,
        _ => InputType.Integer,
    };

    private static bool IsWhole(JsonElement number) =>
        number.TryGetInt64(out _) || number.TryGetUInt64(out _);
}
