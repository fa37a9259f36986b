using Akka.Actor;
using Akka.TestKit.TestActors;

namespace AkkaComfy.Runtime.Tests.Inboxes;

public sealed class InboxTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly Inbox _inbox;

    public InboxTests()
    {
        _inbox = Inbox.Create(Sys);
    }

    [Fact]
    public void A_reply_comes_to_the_inbox()
    {
        _inbox.Send(Sys.ActorOf(EchoActor.Props(this)), "hello");

        Assert.Equal("hello", _inbox.Receive(Soon));
    }

    [Fact]
    public void Messages_are_received_in_order()
    {
        _inbox.Receiver.Tell(1);
        _inbox.Receiver.Tell(2);
        _inbox.Receiver.Tell(3);

        Assert.Equal([1, 2, 3], [_inbox.Receive(Soon), _inbox.Receive(Soon), _inbox.Receive(Soon)]);
    }

    [Fact]
    public void A_message_may_be_picked_and_the_others_stay()
    {
        _inbox.Receiver.Tell("a");
        _inbox.Receiver.Tell(42);
        _inbox.Receiver.Tell("b");

        Assert.Equal(42, _inbox.ReceiveWhere(message => message is int, Soon));
        Assert.Equal("a", _inbox.Receive(Soon));
        Assert.Equal("b", _inbox.Receive(Soon));
    }

    [Fact]
    public async Task Receiving_before_the_message_comes_waits_for_it()
    {
        var waiting = _inbox.ReceiveAsync(Soon);
        Assert.False(waiting.IsCompleted);

        _inbox.Receiver.Tell("late");

        Assert.Equal("late", await waiting.WaitAsync(Soon));
    }

    [Fact]
    public void Receiving_nothing_in_time_throws() =>
        Assert.Throws<TimeoutException>(() => _inbox.Receive(TimeSpan.FromMilliseconds(50)));

    [Fact]
    public void A_message_that_does_not_fit_does_not_end_the_wait()
    {
        _inbox.Receiver.Tell("other");

        Assert.Throws<TimeoutException>(
            () => _inbox.ReceiveWhere(message => message is int, TimeSpan.FromMilliseconds(50)));
        Assert.Equal("other", _inbox.Receive(Soon));
    }

    [Fact]
    public async Task Receiving_nothing_in_time_asynchronously_yields_a_failure()
    {
        var received = await _inbox.ReceiveAsync(TimeSpan.FromMilliseconds(50)).WaitAsync(Soon);

        Assert.IsType<TimeoutException>(Assert.IsType<Status.Failure>(received).Cause);
    }

    [Fact]
    public void An_inbox_may_watch_an_actor()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        _inbox.Watch(actor);

        actor.Tell(PoisonPill.Instance);

        Assert.Equal(actor, Assert.IsType<Terminated>(_inbox.Receive(Soon)).ActorRef);
    }

    [Fact]
    public void A_disposed_inbox_is_a_stopped_actor()
    {
        Watch(_inbox.Receiver);

        _inbox.Dispose();

        ExpectTerminated(_inbox.Receiver);
    }
}
