using Akka.Actor;
using Akka.Event;

namespace AkkaComfy.Runtime.Tests.Publishing;

public sealed class EventStreamTests : RuntimeTest
{
    [Fact]
    public async Task Subscribers_get_events_of_their_class_and_below()
    {
        var (all, base_, exact) = (NewProbe(), NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(all.Ref, typeof(IMarked));
        Sys.EventStream.Subscribe(base_.Ref, typeof(Happened));
        Sys.EventStream.Subscribe(exact.Ref, typeof(HappenedTwice));
        var (one, two) = (new Happened(), new HappenedTwice());
        Sys.EventStream.Publish(one);
        Sys.EventStream.Publish(two);
        await all.Expect(one, two);
        await base_.Expect(one, two);
        await exact.Expect(two);
    }

    [Fact]
    public async Task Who_subscribed_twice_gets_an_event_once()
    {
        var log = NewProbe();
        Assert.True(Sys.EventStream.Subscribe(log.Ref, typeof(Happened)));
        Assert.False(Sys.EventStream.Subscribe(log.Ref, typeof(Happened)));
        Sys.EventStream.Publish(new Happened());
        Sys.EventStream.Publish("not for anyone");
        await log.Next<Happened>();
        log.Ref.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task Unsubscribing_from_one_class_leaves_the_others()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(Happened));
        Sys.EventStream.Subscribe(log.Ref, typeof(string));
        Assert.True(Sys.EventStream.Unsubscribe(log.Ref, typeof(Happened)));
        Assert.False(Sys.EventStream.Unsubscribe(log.Ref, typeof(Happened)));
        Sys.EventStream.Publish(new Happened());
        Sys.EventStream.Publish("text");
        await log.Expect("text");
    }

    [Fact]
    public async Task Unsubscribing_from_all_ends_it()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(Happened));
        Sys.EventStream.Subscribe(log.Ref, typeof(string));
        Assert.True(Sys.EventStream.Unsubscribe(log.Ref));
        Sys.EventStream.Publish("text");
        log.Ref.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task A_message_to_a_stopped_actor_is_a_dead_letter_with_sender_and_recipient()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var a = NewPuppet(NewProbe(), "a");
        await other.Watch(a);
        Sys.Stop(a);
        await other.ExpectTerminated(a);
        Sys.EventStream.Subscribe(log.Ref, typeof(DeadLetter));
        a.Tell("x", other.Ref);
        var letter = await log.Next<DeadLetter>();
        Assert.Equal("x", letter.Message);
        Assert.Equal(other.Ref, letter.Sender);
        Assert.Equal(a, letter.Recipient);
    }

    [Fact]
    public async Task What_is_sent_to_dead_letters_is_published()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(DeadLetter));
        Sys.DeadLetters.Tell("x", log.Ref);
        var letter = await log.Next<DeadLetter>();
        Assert.Equal("x", letter.Message);
        Assert.Equal(log.Ref, letter.Sender);
    }

    [Fact]
    public async Task Suppressed_dead_letters_are_published_apart()
    {
        var (plain, all) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(plain.Ref, typeof(DeadLetter));
        Sys.EventStream.Subscribe(all.Ref, typeof(AllDeadLetters));
        Sys.DeadLetters.Tell(new Expected(), ActorRefs.NoSender);
        Sys.DeadLetters.Tell("x", ActorRefs.NoSender);
        await all.Next<SuppressedDeadLetter>();
        await all.Next<DeadLetter>();
        Assert.Equal("x", (await plain.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task A_dead_subscriber_of_dead_letters_does_no_harm()
    {
        var (dead, log) = (NewPuppet(NewProbe(), "a"), NewProbe());
        Sys.EventStream.Subscribe(dead, typeof(DeadLetter));
        Assert.True(await dead.GracefulStop(Patience));
        Sys.EventStream.Subscribe(dead, typeof(DeadLetter));
        Sys.EventStream.Subscribe(log.Ref, typeof(DeadLetter));
        Sys.DeadLetters.Tell("x", ActorRefs.NoSender);
        Assert.Equal("x", (await log.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task A_reply_to_nobody_is_a_dead_letter()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(DeadLetter));
        NewPuppet(NewProbe(), "a").Do(self => self.Asker.Tell("to nobody"));
        Assert.Equal("to nobody", (await log.Next<DeadLetter>()).Message);
    }

    [Fact]
    public void Null_is_no_message()
    {
        Assert.Throws<InvalidMessageException>(() => Sys.DeadLetters.Tell(null!));
    }

    private interface IMarked;

    private record Happened : IMarked;

    private sealed record HappenedTwice : Happened;

    private sealed record Expected : IDeadLetterSuppression;
}
