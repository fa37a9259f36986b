using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace AkkaComfy.Host.Logging;

/// <summary>Builds the service's log: one readable line per event on the console, errors on its error stream.</summary>
internal static class ServiceLog
{
    private const string Line =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u4} {SourceContext:l} {Message:lj}{NewLine}{Exception}";

    public static Logger Create(LogEventLevel level) => new LoggerConfiguration()
        .MinimumLevel.Is(level)
        .MinimumLevel.Override("Microsoft", Quieter(level, LogEventLevel.Warning))
        .MinimumLevel.Override("Microsoft.AspNetCore.Server.Kestrel", Quieter(level, LogEventLevel.Error))
        .MinimumLevel.Override("System", Quieter(level, LogEventLevel.Warning))
        // Told in one line where it is dealt with.
        .Filter.ByExcluding(logged => logged.Exception?.InnerException is AddressInUseException)
        .Enrich.FromLogContext()
        .Enrich.With<ShortSource>()
        .WriteTo.Console(
            outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
            standardErrorFromLevel: LogEventLevel.Error)
        .CreateLogger();

    private static LogEventLevel Quieter(LogEventLevel level, LogEventLevel atLeast) =>
        level > atLeast ? level : atLeast;

    /// <summary>The class alone says where a line comes from.</summary>
    private sealed class ShortSource : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            if (logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName)
                is ScalarValue { Value: string source } && source.LastIndexOf('.') is >= 0 and var dot)
            {
                logEvent.AddOrUpdateProperty(
                    propertyFactory.CreateProperty(Constants.SourceContextPropertyName, source[(dot + 1)..]));
            }
        }
    }
}
