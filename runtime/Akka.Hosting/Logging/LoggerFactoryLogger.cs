using Akka.Dispatch;
using Akka.Event;
using MicrosoftLogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting.Logging;

/// <summary>
/// Writes the actor system's log events to an <see cref="ILoggerFactory"/>, in a scope of LogSource and ActorPath.
/// </summary>
public class LoggerFactoryLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private readonly ILoggerFactory _factory =
        Context.System.Settings.Setup.Get<LoggerFactorySetup>() is { HasValue: true, Value: var setup }
            ? setup.LoggerFactory
            : throw new ConfigurationException(
                $"{nameof(LoggerFactoryLogger)} needs a {nameof(LoggerFactorySetup)}, as AddAkka gives it.");

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logged:
                Log(logged);
                return true;
            default:
                return false;
        }
    }

    private void Log(LogEvent logged)
    {
        var level = logged.LogLevel() switch
        {
            Event.LogLevel.DebugLevel => MicrosoftLogLevel.Debug,
            Event.LogLevel.InfoLevel => MicrosoftLogLevel.Information,
            Event.LogLevel.WarningLevel => MicrosoftLogLevel.Warning,
            _ => MicrosoftLogLevel.Error,
        };
        var logger = _factory.CreateLogger(logged.LogClass.FullName ?? logged.LogClass.Name);
        if (!logger.IsEnabled(level)) return;

        var scope = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["LogSource"] = logged.LogSource,
            ["Timestamp"] = logged.Timestamp,
            ["ThreadId"] = logged.Thread.ManagedThreadId,
        };
        if (logged.LogSource.Contains("akka://", StringComparison.Ordinal))
            scope["ActorPath"] = logged.LogSource.Trim('[', ']');
        using (logger.BeginScope(scope)) logger.Log(level, logged.Cause, "{Message}", logged.Message);
    }
}

/// <summary>Hands the host's logger factory to <see cref="LoggerFactoryLogger"/>.</summary>
public class LoggerFactorySetup(ILoggerFactory loggerFactory) : Setup
{
    public ILoggerFactory LoggerFactory { get; } = loggerFactory;
}
