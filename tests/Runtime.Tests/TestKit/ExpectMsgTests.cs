using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;
using Xunit.Sdk;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class ExpectMsgTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void The_message_of_a_type_is_returned()
    {
        TestActor.Tell("hello");
        Assert.Equal("hello", ExpectMsg<string>());
        Assert.Equal("hello", LastMessage);
    }

    [Fact]
    public void The_test_actor_is_the_sender_of_what_a_test_sends()
    {
        Sys.ActorOf(EchoActor.Props(this), "echo").Tell("hello");
        ExpectMsg("hello");
        Assert.Equal(TestActor, LastSender);
    }

    [Fact]
    public async Task The_test_actor_is_the_sender_after_an_await_too()
    {
        await Task.Yield();
        Sys.ActorOf(Props.Create<Answering>()).Tell("hello");
        await ExpectMsgAsync("HELLO");
    }

    [Fact]
    public void Silence_fails_the_expectation() =>
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Soon));

    [Fact]
    public void A_message_of_another_type_fails_the_expectation()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>());
    }

    [Fact]
    public void Another_value_fails_the_expectation()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg(2));
    }

    [Fact]
    public void A_message_that_does_not_fulfil_the_predicate_fails_the_expectation()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(n => n > 1));
    }

    private sealed class Answering : ReceiveActor
    {
        public Answering() => Receive<string>(text => Sender.Tell(text.ToUpperInvariant()));
    }
}
