using System.Collections.Immutable;
using System.Text.Json;

namespace AkkaComfy.Core.Workflows;

/// <summary>Reads one entry of a manifest's <c>inputs</c>.</summary>
internal sealed class InputSpecReader(PromptGraph? graph)
{
    private static readonly string[] CommonKeys = ["type", "bind", "required", "description"];

    public InputSpec? Read(string name, JsonPlace at)
    {
        if (InputNames.WhatIsWrongWith(name) is { } reason)
        {
            at.Problem(reason);
        }

        if (at.String("type", required: true) is not { } typeName)
        {
            return null;
        }

        if (!InputTypes.TryParse(typeName, out var type))
        {
            var known = string.Join(", ", InputTypes.Names);
            at.Problem("type", $"{JsonWords.Quote(typeName)} is not a type; types are {known}");
            return null;
        }

        at.AllowKeys([.. CommonKeys, .. KeysOf(type)]);
        var bind = ReadBind(at, type);
        var spec = new InputSpec(name, type, bind)
        {
            Required = ReadRequired(bind, type, at),
            Description = at.String("description"),
        };
        spec = WithConstraints(spec, at);
        CheckHarm(spec, at);
        return WithDefault(spec, at);
    }

    /// <summary>An image that is not sent leaves the graph's own in place: where that is empty, it must be sent.</summary>
    private bool ReadRequired(ImmutableArray<NodeInput> bind, InputType type, JsonPlace at)
    {
        var required = at.Boolean("required");
        if (required || type is not (InputType.Image or InputType.Mask) || !bind.Any(HoldsNothing))
        {
            return required;
        }

        if (at.Has("required"))
        {
            at.Problem("required", "must be true: the graph holds no image of its own to use instead");
        }

        return true;
    }

    private bool HoldsNothing(NodeInput target) =>
        graph?.Find(target.NodeId)?.Values.TryGetValue(target.Input, out var own) == true
        && own.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(own.GetString());

    private void CheckHarm(InputSpec spec, JsonPlace at)
    {
        foreach (var target in spec.Bind)
        {
            if (graph?.Find(target.NodeId) is { } node && NodeHazards.OfBinding(node, target.Input, spec) is { } reason)
            {
                at.Problem("bind", reason);
            }
        }
    }

    private static string[] KeysOf(InputType type) => type switch
    {
        InputType.Image or InputType.Mask => [],
        InputType.String => ["default", "minLength", "maxLength"],
        InputType.Integer or InputType.Number => ["default", "minimum", "maximum"],
        InputType.Seed => ["minimum", "maximum"],
        InputType.Enum => ["default", "values"],
        _ => ["default"],
    };

    private ImmutableArray<NodeInput> ReadBind(JsonPlace at, InputType type)
    {
        if (at.Get("bind") is not { } bind)
        {
            at.Problem("bind", "is required: where the value goes, as '<node id>.<input name>'");
            return [];
        }

        IReadOnlyList<JsonPlace> targets = bind.Value.ValueKind == JsonValueKind.Array ? [.. at.List("bind")] : [bind];
        if (targets.Count == 0)
        {
            bind.Problem("names no input; use '<node id>.<input name>', one or a list");
        }

        return [.. targets.Select(target => ReadTarget(target, type)).OfType<NodeInput>()];
    }

    private NodeInput? ReadTarget(JsonPlace at, InputType type)
    {
        if (at.AsString() is not { } text)
        {
            return null;
        }
        // Node ids of subgraphs hold colons, never dots; the first dot ends the id.
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == text.Length - 1)
        {
            at.Problem($"{JsonWords.Quote(text)} must be '<node id>.<input name>'");
            return null;
        }

        var target = new NodeInput(text[..dot], text[(dot + 1)..]);
        if (graph is not null && WhatIsWrongWith(target, type) is { } reason)
        {
            at.Problem(reason);
        }

        return target;
    }

    private string? WhatIsWrongWith(NodeInput target, InputType type)
    {
        if (graph!.Find(target.NodeId) is not { } node)
        {
            return $"there is no node '{target.NodeId}' in {WorkflowParser.GraphFile}";
        }

        if (!node.HasInput(target.Input))
        {
            var known = string.Join(", ", node.Values.Keys.Concat(node.Links.Keys).Order(StringComparer.Ordinal));
            return $"node '{node.Id}' ({node.ClassType}) has no input '{target.Input}'; it has {known}";
        }

        if (type is InputType.Image or InputType.Mask
            && ImageLoaders.Of(node.ClassType)?.Input != target.Input)
        {
            return $"'{target}' of {node.ClassType} takes no image; bind to {ImageLoaders.Inputs}";
        }

        return node.Links.TryGetValue(target.Input, out var source)
            ? $"'{target}' is connected to node '{source}' and holds no value of its own"
            : null;
    }

    private static InputSpec WithConstraints(InputSpec spec, JsonPlace at)
    {
        spec = spec.Type switch
        {
            InputType.String => spec with
            {
                MinLength = (int)(at.Integer("minLength", 0, InputSpec.DefaultMaxLength) ?? 0),
                MaxLength = (int)(at.Integer("maxLength", 0, 10_000_000) ?? InputSpec.DefaultMaxLength),
            },
            InputType.Integer => WithRange(spec, at, long.MinValue, long.MaxValue),
            InputType.Seed => WithRange(spec, at, 0, ulong.MaxValue),
            InputType.Number => spec with { Minimum = at.Number("minimum"), Maximum = at.Number("maximum") },
            InputType.Enum => spec with { Values = ReadValues(at) },
            _ => spec,
        };
        if (spec.Minimum > spec.Maximum)
        {
            at.Problem("minimum", $"{spec.Minimum} is larger than the maximum {spec.Maximum}");
        }

        if (spec.MinLength > spec.MaxLength)
        {
            at.Problem("minLength", $"{spec.MinLength} is larger than the maxLength {spec.MaxLength}");
        }

        return spec;
    }

    private static InputSpec WithRange(InputSpec spec, JsonPlace at, decimal minimum, decimal maximum) => spec with
    {
        Minimum = at.Integer("minimum", minimum, maximum) ?? minimum,
        Maximum = at.Integer("maximum", minimum, maximum) ?? maximum,
    };

    private static ImmutableArray<string> ReadValues(JsonPlace at)
    {
        ImmutableArray<string> values = [.. at.Strings("values")];
        if (!at.Has("values") || (values.IsEmpty && !at.List("values").Any()))
        {
            at.Problem("values", "is required: the list of choices, at least one");
        }

        if (values.Distinct(StringComparer.Ordinal).Count() != values.Length)
        {
            at.Problem("values", "names a choice twice");
        }

        return values;
    }

    private static InputSpec WithDefault(InputSpec spec, JsonPlace at)
    {
        if (!KeysOf(spec.Type).Contains("default") || at.Get("default") is not { } found)
        {
            return spec;
        }

        if (spec.Required)
        {
            at.Problem("default", "an input that is required can have no default; drop one of the two");
        }

        if (!HasKindOf(spec.Type, found.Value.ValueKind))
        {
            found.Problem($"must be of type {spec.TypeName}, but is {JsonWords.Describe(found.Value)}");
            return spec;
        }

        var read = InputText.Read(spec, TextOf(found.Value));
        if (read.Value is null)
        {
            found.Problem(read.Error!);
        }

        return spec with { Default = read.Value };
    }

    private static bool HasKindOf(InputType type, JsonValueKind kind) => type switch
    {
        InputType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
        InputType.Integer or InputType.Number => kind == JsonValueKind.Number,
        _ => kind == JsonValueKind.String,
    };

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
