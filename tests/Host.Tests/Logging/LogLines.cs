using System.Text.Json;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using AkkaComfy.Host.Logging;

namespace AkkaComfy.Host.Tests.Logging;

/// <summary>What a log makes of an event: the line in its files.</summary>
internal static class LogLines
{
    public static JsonElement Of(Action<ILogger> log)
    {
        var written = new Written();
        using (var logger = new LoggerConfiguration().MinimumLevel.Verbose()
            .Enrich.With<ActorContext>()
            .WriteTo.Redacted(sinks => sinks.Sink(written)).CreateLogger())
        {
            log(logger);
        }

        var line = Assert.Single(written.Lines);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        return JsonDocument.Parse(line).RootElement.Clone();
    }

    /// <summary>The lines of a file that may still be written to.</summary>
    public static IReadOnlyList<JsonElement> Read(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return
        [
            .. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.Clone()),
        ];
    }

    private sealed class Written : ILogEventSink
    {
        private readonly JsonLines _format = new();

        public List<string> Lines { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter();
            _format.Format(logEvent, line);
            Lines.Add(line.ToString());
        }
    }
}
