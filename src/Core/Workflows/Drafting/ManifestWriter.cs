using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows.Drafting;

/// <summary>Writes a manifest as people would: one input a line.</summary>
internal static class ManifestWriter
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(
        string title, OrderedDictionary<string, InputSpec> inputs, ImmutableArray<WorkflowOutput> outputs)
    {
        var text = new StringBuilder();
        text.Append("{\n");
        text.Append($"  \"title\": {Json(title)},\n");
        text.Append("  \"description\": \"\",\n");
        text.Append("  \"inputs\": {");
        text.AppendJoin(',', inputs.Values.Select(input => $"\n    {Json(input.Name)}: {Spaced(Of(input))}"));
        text.Append(inputs.Count == 0 ? "},\n" : "\n  },\n");
        var nodes = outputs.Select(output => Spaced(new JsonObject { ["node"] = output.NodeId }));
        text.Append($"  \"outputs\": [ {string.Join(", ", nodes)} ]\n");
        return text.Append("}\n").ToString();
    }

    private static JsonObject Of(InputSpec input)
    {
        var json = new JsonObject
        {
            ["type"] = input.TypeName,
            ["bind"] = input.Bind is [var only]
                ? $"{only}"
                : new JsonArray([.. input.Bind.Select(target => (JsonNode)$"{target}")]),
        };
        if (input.Required)
        {
            json["required"] = true;
        }

        if (input.Type == InputType.Enum)
        {
            json["values"] = new JsonArray([.. input.Values.Select(value => (JsonNode)value)]);
        }

        if (input.Default is { } value)
        {
            json["default"] = ToJson(value);
        }

        AddRange(json, input);
        if (input.Description is { Length: > 0 } description)
        {
            json["description"] = description;
        }

        return json;
    }

    /// <summary>What every input of its type is held to anyway need not be said.</summary>
    private static void AddRange(JsonObject json, InputSpec input)
    {
        var natural = WidgetGuess.Of(input.Name, input.Type, input.Bind[0]);
        if (input.Minimum is { } minimum && minimum != natural.Minimum)
        {
            json["minimum"] = minimum;
        }

        if (input.Maximum is { } maximum && maximum != natural.Maximum)
        {
            json["maximum"] = maximum;
        }
    }

    private static JsonNode ToJson(InputValue value) => value switch
    {
        InputValue.Text text => text.Value,
        InputValue.Integer whole => whole.Value,
        InputValue.Number number => number.Value,
        InputValue.Flag flag => flag.Value,
        _ => throw new UnreachableException($"{value.GetType().Name} is no default"),
    };

    private static string Json(string text) => JsonSerializer.Serialize(text, Plain);

    private static string Spaced(JsonNode json) => json switch
    {
        JsonObject members => $"{{ {string.Join(", ", members.Select(member => $"{Json(member.Key)}: {Spaced(member.Value!)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(item => Spaced(item!)))}]",
        _ => json.ToJsonString(Plain),
    };
}
