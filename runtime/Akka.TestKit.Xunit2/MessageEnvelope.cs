namespace Akka.TestKit;

/// <summary>A message that reached a test actor, with its sender.</summary>
public abstract class MessageEnvelope
{
    public abstract object? Message { get; }

    public abstract IActorRef Sender { get; }
}

/// <summary>Stands for "nothing received".</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    public override object? Message => null;
    public override IActorRef Sender => ActorRefs.NoSender;

    public override string ToString() => "<null>";
}

/// <summary>A message that was received.</summary>
public class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    public override object Message => message;
    public override IActorRef Sender => sender;

    public override string ToString() => $"<{message}> from {(sender is null ? "NoSender" : sender)}";
}
