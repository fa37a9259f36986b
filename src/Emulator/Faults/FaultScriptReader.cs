using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Faults;

/// <summary>Reads fault plans from JSON and gathers every error in them.</summary>
internal sealed class FaultScriptReader
{
    private const int MaxRules = 1000;

    private readonly List<string> _errors = [];

    private FaultScriptReader()
    {
    }

    /// <exception cref="FormatException">Names every wrong rule and field, its value and what is allowed.</exception>
    public static FaultScript Read(string json)
    {
        JsonNode? plan;
        try
        {
            var lenient = new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
            };
            plan = JsonNode.Parse(json, documentOptions: lenient);
        }
        catch (JsonException e)
        {
            throw new FormatException($"the plan is no JSON: {e.Message}", e);
        }

        return Checked(reader => reader.ScriptOf(plan));
    }

    /// <summary>Rules to add to a plan: one, or a list.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<FaultRule> ReadRules(JsonNode? json) =>
        Checked(reader => reader.RulesOf(json is JsonArray rules ? rules : new JsonArray(json?.DeepClone())));

    private static T Checked<T>(Func<FaultScriptReader, T> read)
    {
        var reader = new FaultScriptReader();
        var result = read(reader);
        return reader._errors.Count == 0 ? result : throw new FormatException(string.Join("; ", reader._errors));
    }

    private FaultScript ScriptOf(JsonNode? json)
    {
        if (json is not JsonObject plan)
        {
            _errors.Add($"the plan is {Shortened(json)}, allowed is an object with seed and rules");
            return FaultScript.None;
        }

        foreach (var (name, _) in plan.Where(member => member.Key is not ("seed" or "rules")))
        {
            _errors.Add($"unknown field {name}, allowed are seed and rules");
        }

        var seed = 0;
        if (plan["seed"] is { } given && !(given is JsonValue value && value.TryGetValue(out seed)))
        {
            _errors.Add($"seed is {Shortened(given)}, allowed are whole numbers from {int.MinValue} to {int.MaxValue}");
        }

        if (plan["rules"] is JsonArray rules)
        {
            return new FaultScript(seed, RulesOf(rules));
        }

        _errors.Add($"rules is {Shortened(plan["rules"])}, allowed is a list");
        return FaultScript.None;
    }

    private List<FaultRule> RulesOf(JsonArray rules)
    {
        if (rules.Count > MaxRules)
        {
            _errors.Add($"rules has {rules.Count} entries, allowed are up to {MaxRules}");
            return [];
        }

        return [.. rules.Select((rule, index) => RuleOf(rule, $"rules[{index}]")).OfType<FaultRule>()];
    }

    private FaultRule? RuleOf(JsonNode? json, string where)
    {
        if (json is not JsonObject members)
        {
            _errors.Add($"{where} is {Shortened(json)}, allowed is an object");
            return null;
        }

        if (members["fault"] is not JsonValue name || !FaultKind.All.TryGetValue($"{name}", out var kind))
        {
            var kinds = string.Join(", ", FaultKind.All.Keys);
            _errors.Add($"{where}: fault is {Shortened(members["fault"])}, allowed are {kinds}");
            return null;
        }

        var rule = kind.Blank();
        var errors = _errors.Count;
        foreach (var (field, value) in members.Where(member => member.Key != "fault"))
        {
            if ((kind.Fields.FirstOrDefault(known => known.Name == field) is { } known
                ? known.Write(rule, value)
                : Unknown(field, kind)) is { } complaint)
            {
                _errors.Add($"{where} ({name}): {complaint}");
            }
        }

        if (errors == _errors.Count)
        {
            _errors.AddRange(FaultKind.Complaints(rule).Select(complaint => $"{where} ({name}): {complaint}"));
        }

        return rule;
    }

    private static string Unknown(string field, FaultKind kind) =>
        $"unknown field {field}, allowed are {string.Join(", ", kind.Fields.Select(known => known.Name))}";

    private static string Shortened(JsonNode? json) =>
        Json.Text(json) is { Length: > 100 } text ? $"{text[..100]}…" : Json.Text(json);
}
