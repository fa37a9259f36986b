using Akka.Actor;

namespace Akka.Event;

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
