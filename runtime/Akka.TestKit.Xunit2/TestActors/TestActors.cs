namespace Akka.TestKit.TestActors;

/// <summary>Forwards what it receives to the test actor, and by default to the sender if it is another.</summary>
public class EchoActor : ReceiveActor
{
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true) => ReceiveAny(message =>
    {
        var sender = Sender;
        if (echoBackToSenderAsWell && !testkit.TestActor.Equals(sender)) sender.Tell(message, sender);
        testkit.TestActor.Tell(message, sender);
    });

    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}

/// <summary>Takes every message and does nothing.</summary>
public class BlackHoleActor : ReceiveActor
{
    public BlackHoleActor() => ReceiveAny(static _ => { });

    public static Props Props => Actor.Props.Create<BlackHoleActor>();
}
