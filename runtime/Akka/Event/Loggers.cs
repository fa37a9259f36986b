using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Event;

/// <summary>Tells a logger the bus it is to log for; it answers with <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger(LoggingBus loggingBus)
{
    public LoggingBus LoggingBus { get; } = loggingBus;
}

/// <summary>A logger is ready.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded;

/// <summary>The default logger: standard output.</summary>
public class DefaultLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent log:
                Print(log);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent) => StandardOutLogger.Print(logEvent);
}

/// <summary>Writes log events to standard output; no actor, so that it works before and after all actors.</summary>
public sealed class StandardOutLogger : MinimalActorRef
{
    public override ActorPath Path { get; } =
        new RootActorPath(new Address("akka", "all-systems")) / "StandardOutLogger";

    public override IActorRefProvider Provider => throw new NotSupportedException("StandardOutLogger does not provide");
    public override string ToString() => "StandardOutLogger";
    protected override void TellInternal(object message, IActorRef? sender) => Print(message);
    internal static void Print(object message) => Console.Out.WriteLine(message.ToString());
}

/// <summary>Logs unhandled messages, for <c>akka.actor.debug.unhandled</c>.</summary>
internal sealed class UnhandledMessageForwarder : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is UnhandledMessage unhandled)
            Context.System.EventStream.Publish(new Debug(unhandled.Recipient.Path.ToString(),
                unhandled.Recipient.GetType(), $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
    }
}
