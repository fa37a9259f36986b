using System.Collections.Immutable;
using Serilog.Events;

namespace AkkaComfy.Host.Logging;

/// <summary>The levels of the log as settings, the API and the files spell them.</summary>
internal static class LogLevelNames
{
    /// <summary>The default first.</summary>
    public static ImmutableArray<(string Name, LogEventLevel Level)> All { get; } =
    [
        ("info", LogEventLevel.Information),
        ("debug", LogEventLevel.Debug),
        ("warn", LogEventLevel.Warning),
        ("error", LogEventLevel.Error),
    ];

    public static string Of(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "info",
        LogEventLevel.Warning => "warn",
        LogEventLevel.Error => "error",
        _ => "fatal",
    };

    public static bool TryParse(string name, out LogEventLevel level)
    {
        var found = All.FirstOrDefault(known => known.Name == name);
        level = found.Level;
        return found.Name is not null;
    }
}
