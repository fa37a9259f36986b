using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class TestActorRefTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void A_message_has_been_handled_when_Tell_returns()
    {
        var counter = ActorOfAsTestActorRef<Counter>(() => new Counter());
        counter.Tell(1);
        counter.Tell(2);
        Assert.Equal(3, counter.UnderlyingActor.Sum);
    }

    [Fact]
    public void Receive_throws_what_the_actor_throws()
    {
        var counter = ActorOfAsTestActorRef<Counter>(() => new Counter());
        Assert.Throws<InvalidDataException>(() => counter.Receive("boom"));
        Assert.Equal(0, counter.UnderlyingActor.Sum);
    }

    [Fact]
    public void It_can_be_watched_and_stopped()
    {
        var counter = ActorOfAsTestActorRef<Counter>(() => new Counter(), "counter");
        Assert.Equal("counter", counter.Path.Name);
        Watch(counter);
        counter.Tell(PoisonPill.Instance);
        ExpectTerminated(counter);
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter()
        {
            Receive<int>(n => Sum += n);
            Receive<string>(text => throw new InvalidDataException(text));
        }

        public int Sum { get; private set; }
    }
}
