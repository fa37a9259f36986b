using Akka.Actor;

namespace Akka.Event;

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
