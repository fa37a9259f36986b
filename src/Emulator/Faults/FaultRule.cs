using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace AkkaComfy.Emulator.Faults;

/// <summary>
/// One thing that goes wrong, when, and with what; in JSON, its members in snake_case beside
/// <c>"fault": "name_of_the_kind"</c>.
/// </summary>
public abstract record FaultRule
{
    private protected FaultRule()
    {
    }

    /// <summary>In seconds since the rule came into force.</summary>
    [Range(0, 1_000_000)]
    public double From { get; init; }

    /// <summary>In seconds since the rule came into force; null: until healed.</summary>
    [Range(0, 1_000_000)]
    public double? Until { get; init; }

    internal string Name => NameOf(GetType());

    internal static string NameOf(Type kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.Name);
}
