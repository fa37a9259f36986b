using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Takes every message and does nothing.</summary>
public class BlackHoleActor : ReceiveActor
{
    public BlackHoleActor() => ReceiveAny(static _ => { });

    public static Props Props => Actor.Props.Create<BlackHoleActor>();
}
