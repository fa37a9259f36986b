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
    public void Silence_fails_the_expectation() => AssertFails(() => ExpectMsg<string>(Soon));

    [Fact]
    public void A_message_of_another_type_fails_the_expectation()
    {
        TestActor.Tell(1);
        AssertFails(() => ExpectMsg<string>());
    }

    [Fact]
    public void Another_value_fails_the_expectation()
    {
        TestActor.Tell(1);
        AssertFails(() => ExpectMsg(2));
    }

    [Fact]
    public void A_predicate_decides_about_message_and_sender()
    {
        TestActor.Tell(1);
        AssertFails(() => ExpectMsg<int>(n => n > 1));
        TestActor.Tell(2);
        Assert.Equal(2, ExpectMsg<int>((n, sender) => n == 2 && sender.Equals(TestActor)));
    }

    [Fact]
    public void An_assertion_decides_about_message_and_sender()
    {
        TestActor.Tell(1);
        AssertFails(() => ExpectMsg<int>(n => Assert.Equal(2, n)));
        TestActor.Tell(1);
        ExpectMsg<int>((n, sender) => Assert.Equal((1, TestActor), (n, sender)));
    }

    [Fact]
    public void A_comparer_decides_about_equality()
    {
        TestActor.Tell("HELLO");
        Assert.Equal("HELLO", ExpectMsg("hello", (one, other) => one.Length == other.Length));
    }

    [Fact]
    public void The_hint_is_part_of_the_failure() =>
        Assert.Contains("the answer", Failure(() => ExpectMsg<string>(Soon, "the answer")).Message);

    [Fact]
    public async Task The_asynchronous_variants_say_the_same()
    {
        TestActor.Tell(1);
        Assert.Equal(1, await ExpectMsgAsync<int>());
        TestActor.Tell(2);
        await ExpectMsgAsync(2);
        TestActor.Tell(3);
        await ExpectMsgAsync<int>(n => n == 3);
        TestActor.Tell("other");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>());
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>(Soon));
    }

    [Fact]
    public async Task A_cancelled_expectation_ends()
    {
        using var cancelled = new CancellationTokenSource();
        var expecting = ExpectMsgAsync<string>(TimeSpan.FromMinutes(5), cancellationToken: cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => expecting);
    }

    [Fact]
    public void ExpectMsgFrom_wants_the_right_sender()
    {
        var (one, other) = (CreateTestProbe(), CreateTestProbe());
        one.Send(TestActor, 1);
        Assert.Equal(1, ExpectMsgFrom<int>(one.Ref));
        one.Send(TestActor, 1);
        AssertFails(() => ExpectMsgFrom<int>(other.Ref));
        one.Send(TestActor, 1);
        AssertFails(() => ExpectMsgFrom(one.Ref, 2));
    }

    [Fact]
    public void ExpectMsgAnyOf_wants_one_of_several()
    {
        TestActor.Tell(2);
        Assert.Equal(2, ExpectMsgAnyOf(new[] { 1, 2, 3 }));
        TestActor.Tell(4);
        AssertFails(() => ExpectMsgAnyOf(new[] { 1, 2, 3 }));
    }

    [Fact]
    public void ExpectMsgAllOf_wants_each_once_in_any_order()
    {
        foreach (var n in new[] { 3, 1, 2 }) TestActor.Tell(n);
        Assert.Equal([1, 2, 3], ExpectMsgAllOf(new[] { 1, 2, 3 }).Order());
        foreach (var n in new[] { 1, 1, 2 }) TestActor.Tell(n);
        AssertFails(() => ExpectMsgAllOf(new[] { 1, 2, 3 }));
    }

    [Fact]
    public void ExpectNoMsg_wants_silence()
    {
        ExpectNoMsg(Soon);
        TestActor.Tell(1);
        AssertFails(() => ExpectNoMsg(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void ExpectTerminated_wants_the_end_of_the_actor_that_is_watched()
    {
        var (one, other) = (ActorOf(BlackHoleActor.Props), ActorOf(BlackHoleActor.Props));
        Watch(one);
        Sys.Stop(one);
        Assert.Equal(one, ExpectTerminated(one).ActorRef);
        Watch(other);
        Sys.Stop(other);
        AssertFails(() => ExpectTerminated(one));
    }

    [Fact]
    public void An_actor_that_is_unwatched_ends_in_silence()
    {
        var actor = ActorOf(BlackHoleActor.Props);
        Watch(actor);
        Unwatch(actor);
        var probe = CreateTestProbe();
        probe.Watch(actor);
        Sys.Stop(actor);
        probe.ExpectTerminated(actor);
        TestActor.Tell("after");
        ExpectMsg("after");
    }

    private static void AssertFails(Action expectation) => Failure(expectation);

    private static XunitException Failure(Action expectation) => Assert.ThrowsAny<XunitException>(expectation);

    private sealed class Answering : ReceiveActor
    {
        public Answering() => Receive<string>(text => Sender.Tell(text.ToUpperInvariant()));
    }
}
