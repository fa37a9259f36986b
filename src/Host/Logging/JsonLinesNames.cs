using System.Collections.Frozen;
using System.Text.Json;
using Serilog.Core;

namespace AkkaComfy.Host.Logging;

/// <summary>The names of the members of a line in the log files.</summary>
internal static class JsonLinesNames
{
    /// <summary>For people only: the files have the full name of the source.</summary>
    public const string ShortSource = "ShortSource";

    private const string EventId = "EventId";

    private static readonly FrozenSet<string> Fixed = FrozenSet.Create(
        StringComparer.Ordinal, "service", "timestamp", "level", "message", "stack", "trace_id", "span_id");

    /// <returns>Null for a property that no file needs.</returns>
    public static string? Of(string property) => property switch
    {
        ShortSource or EventId => null,
        Constants.SourceContextPropertyName => "source",
        _ => Distinct(JsonNamingPolicy.SnakeCaseLower.ConvertName(property)),
    };

    private static string Distinct(string name) => Fixed.Contains(name) ? $"{name}_value" : name;
}
