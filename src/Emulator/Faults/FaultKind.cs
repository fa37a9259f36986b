using System.Reflection;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Faults;

/// <summary>One kind of fault, and how its rules are written in JSON.</summary>
internal sealed class FaultKind
{
    private readonly Type _type;

    private FaultKind(Type type)
    {
        _type = type;
        Fields = [.. type
            .GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanWrite)
            .Select(property => new FaultField(property))];
    }

    public static IReadOnlyDictionary<string, FaultKind> All { get; } = typeof(FaultRule).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(FaultRule)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToDictionary(FaultRule.NameOf, type => new FaultKind(type));

    public IReadOnlyList<FaultField> Fields { get; }

    /// <summary>A rule of this kind with its defaults, to be filled in.</summary>
    public FaultRule Blank() => (FaultRule)Activator.CreateInstance(_type)!;

    public static JsonObject ToJson(FaultRule rule)
    {
        var json = new JsonObject { ["fault"] = rule.Name };
        foreach (var field in All[rule.Name].Fields)
        {
            if (field.Read(rule) is { } value)
            {
                json[field.Name] = value;
            }
        }

        return json;
    }

    /// <summary>What is wrong with a rule, by field.</summary>
    public static IEnumerable<string> Complaints(FaultRule rule)
    {
        foreach (var complaint in All[rule.Name].Fields.Select(field => field.Check(rule)).OfType<string>())
        {
            yield return complaint;
        }

        if (rule.Until <= rule.From)
        {
            yield return $"until is {rule.Until}, allowed are numbers above from, which is {rule.From}";
        }
    }
}
