using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Faults;

/// <summary>One field of one kind of fault: its name in JSON, its type, and what it may be.</summary>
internal sealed class FaultField(PropertyInfo property)
{
    private readonly RangeAttribute? _range = property.GetCustomAttribute<RangeAttribute>();
    private readonly AllowedValuesAttribute? _values = property.GetCustomAttribute<AllowedValuesAttribute>();
    private readonly Type _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public string Name { get; } = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    public JsonNode? Read(FaultRule rule) => property.GetValue(rule) switch
    {
        null => null,
        Enum choice => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{choice}"),
        var value => JsonSerializer.SerializeToNode(value),
    };

    /// <summary>The complaint, or null.</summary>
    public string? Write(FaultRule rule, JsonNode? given)
    {
        var (fits, value) = Converted(given);
        if (!fits)
        {
            return Complaint(given);
        }

        property.SetValue(rule, value);
        return Check(rule);
    }

    /// <summary>The complaint, or null.</summary>
    public string? Check(FaultRule rule) => property.GetValue(rule) is { } value
        && (_range?.IsValid(value) == false || _values?.IsValid(value) == false)
        ? Complaint(Read(rule))
        : null;

    private string Complaint(JsonNode? given) => $"{Name} is {Json.Text(given)}, allowed {Allowed()}";

    private string Allowed() => this switch
    {
        { _type.IsEnum: true } =>
            Listed(Enum.GetNames(_type).Select(name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name))),
        { _values: not null } => Listed(_values.Values.OfType<string>()),
        _ when _type == typeof(bool) => "are true and false",
        _ when _type == typeof(string) => "is a text",
        _ when _type == typeof(int) => $"are whole numbers from {_range!.Minimum} to {_range.Maximum}",
        _ => $"are numbers from {_range!.Minimum} to {_range.Maximum}",
    };

    private static string Listed(IEnumerable<string> values) =>
        "are " + string.Join(", ", values.Select(value => $"\"{value}\""));

    private (bool Fits, object? Value) Converted(JsonNode? given)
    {
        if (given is not JsonValue value)
        {
            return (given is null && Nullable.GetUnderlyingType(property.PropertyType) is not null, null);
        }

        if (_type.IsEnum)
        {
            var name = Enum.GetNames(_type)
                .FirstOrDefault(name => $"{given}" == JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
            return (name is not null, name is null ? null : Enum.Parse(_type, name));
        }

        return _type switch
        {
            _ when _type == typeof(int) => (value.TryGetValue(out int whole), whole),
            _ when _type == typeof(double) => (value.TryGetValue(out double number), number),
            _ when _type == typeof(bool) => (value.TryGetValue(out bool truth), truth),
            _ => (value.TryGetValue(out string? text), text),
        };
    }
}
