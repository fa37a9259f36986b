using System.Text.Json;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>The words of a closed set, in snake_case, each made once.</summary>
internal static class Labels
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Words<TEnum>.All[value];

    public static IEnumerable<(TEnum Value, string Word)> All<TEnum>()
        where TEnum : struct, Enum => Words<TEnum>.All.Select(word => (word.Key, word.Value));

    private static class Words<TEnum>
        where TEnum : struct, Enum
    {
        public static Dictionary<TEnum, string> All { get; } = Enum.GetValues<TEnum>().ToDictionary(
            value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
