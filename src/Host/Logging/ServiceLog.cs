using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;

namespace AkkaComfy.Host.Logging;

/// <summary>
/// Builds the service's log: one readable line per event on the console, errors on its error stream; the same as JSON
/// lines in <c>combined.log</c>, errors in <c>error.log</c> too.
/// </summary>
internal static class ServiceLog
{
    private const string Line =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u4} {ShortSource:l} {Message:lj}{NewLine}{Exception}";

    public static Logger Create(LogLevels levels, LogFiles files)
    {
        SelfLog.Enable(SelfLogReports.ToStandardError.Tell);
        var configuration = new LoggerConfiguration().MinimumLevel.ControlledBy(levels.All);
        foreach (var (source, level) in levels.Sources)
        {
            configuration.MinimumLevel.Override(source, level);
        }

        return configuration
            // Told in one line where it is dealt with.
            .Filter.ByExcluding(logged => logged.Exception?.InnerException is AddressInUseException)
            .Enrich.FromLogContext()
            .Enrich.With<ActorContext>()
            .Enrich.With<ShortSource>()
            .WriteTo.Redacted(sinks => sinks
                .Console(
                    outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
                    standardErrorFromLevel: LogEventLevel.Error)
                .WriteTo.JsonLines(files, "combined.log", LevelAlias.Minimum)
                .WriteTo.JsonLines(files, "error.log", LogEventLevel.Error))
            .CreateLogger();
    }

    private static LoggerConfiguration JsonLines(
        this LoggerSinkConfiguration sinks, LogFiles files, string name, LogEventLevel atLeast) => sinks.File(
            new JsonLines(), Path.Combine(files.Directory, name), atLeast,
            fileSizeLimitBytes: files.MaxBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: files.MaxFiles);

    /// <summary>The class alone says to people where a line comes from.</summary>
    private sealed class ShortSource : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            if (logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName)
                is ScalarValue { Value: string source })
            {
                logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty(
                    JsonLinesNames.ShortSource, source[(source.LastIndexOf('.') + 1)..]));
            }
        }
    }
}
