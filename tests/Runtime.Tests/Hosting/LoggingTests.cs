using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AkkaComfy.Runtime.Tests.Hosting;

public sealed class LoggingTests
{
    [Fact]
    public async Task What_actors_log_reaches_the_host()
    {
        using var logs = new Recorder();
        using var host = await HostedSystem.Start(
            (builder, _) => builder.ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = Akka.Event.LogLevel.DebugLevel;
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            }),
            logs: logs);
        var chatty = host.System().ActorOf(Props.Create(() => new Chatty()));

        chatty.Tell("look");

        Assert.Equal(LogLevel.Debug, await logs.LevelOf("debug look"));
        Assert.Equal(LogLevel.Information, await logs.LevelOf("info look"));
        Assert.Equal(LogLevel.Warning, await logs.LevelOf("warning look"));
        Assert.Equal(LogLevel.Error, await logs.LevelOf("error look"));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_log_level_of_the_system_holds_before_the_hosts()
    {
        using var logs = new Recorder();
        using var host = await HostedSystem.Start(
            (builder, _) => builder.ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            }),
            logs: logs);
        var chatty = host.System().ActorOf(Props.Create(() => new Chatty()));

        chatty.Tell("look");

        await logs.LevelOf("error look");
        Assert.False(logs.Has("info look"));
        await host.StopAsync();
    }

    private sealed class Chatty : UntypedActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        protected override void OnReceive(object message)
        {
            _log.Debug("debug {0}", message);
            _log.Info("info {0}", message);
            _log.Warning("warning {0}", message);
            _log.Error("error {0}", message);
        }
    }

    /// <summary>Keeps every line logged, and signals the awaited ones.</summary>
    private sealed class Recorder : ILoggerProvider, ILogger
    {
        private readonly ConcurrentDictionary<string, LogLevel> _lines = new();
        private readonly SemaphoreSlim _added = new(0);

        public async Task<LogLevel> LevelOf(string text)
        {
            while (true)
            {
                foreach (var (line, level) in _lines)
                    if (line.Contains(text, StringComparison.Ordinal))
                        return level;
                Assert.True(await _added.WaitAsync(HostedSystem.Soon), $"'{text}' was not logged.");
            }
        }

        public bool Has(string text) => _lines.Keys.Any(line => line.Contains(text, StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            _lines[formatter(state, exception)] = logLevel;
            _added.Release();
        }

        public void Dispose()
        {
        }
    }
}
