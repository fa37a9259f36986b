using System.Text.Json.Serialization;
using AkkaComfy.Host.Logging;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>From which level on the log has what.</summary>
/// <param name="Level">Of all that <paramref name="Sources"/> does not name.</param>
/// <param name="RevertsAt">When a change is taken back by itself; null for never.</param>
internal sealed record LogLevelBody(string Level, DateTime? RevertsAt, LogSourceBody[] Sources)
{
    public static LogLevelBody Of(IReadOnlyList<LogLevelState> states) => new(
        LogLevelNames.Of(states[0].Level), states[0].Until?.UtcDateTime,
        [.. states.Skip(1).Select(state => new LogSourceBody(
            state.Source!, LogLevelNames.Of(state.Level), state.Until?.UtcDateTime))]);
}

/// <summary>The level of the sources whose names begin with this one.</summary>
internal sealed record LogSourceBody(string Source, string Level, DateTime? RevertsAt);

/// <summary>A change of level.</summary>
/// <param name="Level">One of the levels, or <c>default</c> for what holds without a change.</param>
/// <param name="For">In seconds; left out, the change holds until the next one or the next start.</param>
/// <param name="Source">Left out, of all that have no level of their own.</param>
internal sealed record LogLevelChange(string? Level, double? For = null, string? Source = null);

/// <summary>How they become JSON, and are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LogLevelBody))]
[JsonSerializable(typeof(LogLevelChange))]
internal sealed partial class LogJson : JsonSerializerContext;
