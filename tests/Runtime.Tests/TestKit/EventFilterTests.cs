using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestActors;
using Xunit.Sdk;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class EventFilterTests() : Akka.TestKit.Xunit2.TestKit("akka.loglevel = DEBUG")
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_level_is_expected_once()
    {
        EventFilter.Debug("text").ExpectOne(() => Sys.Log.Debug("text"));
        EventFilter.Info("text").ExpectOne(() => Sys.Log.Info("text"));
        EventFilter.Warning("text").ExpectOne(() => Sys.Log.Warning("text"));
        EventFilter.Error("text").ExpectOne(() => Sys.Log.Error("text"));
    }

    [Fact]
    public void Another_level_or_text_does_not_count()
    {
        AssertFails(() => EventFilter.Warning("text").ExpectOne(Soon, () => Sys.Log.Error("text")));
        AssertFails(() => EventFilter.Error("text").ExpectOne(Soon, () => Sys.Log.Error("other")));
    }

    [Fact]
    public void A_text_is_matched_by_start_part_and_pattern()
    {
        EventFilter.Info(start: "one").ExpectOne(() => Sys.Log.Info("one two three"));
        EventFilter.Info(contains: "two").ExpectOne(() => Sys.Log.Info("one two three"));
        EventFilter.Info(new Regex("^one . three$", RegexOptions.None, Patience))
            .ExpectOne(() => Sys.Log.Info("one {0} three", 2));
    }

    [Fact]
    public void An_exception_is_matched_by_type_and_text()
    {
        EventFilter.Exception<InvalidDataException>().ExpectOne(
            () => Sys.Log.Error(new InvalidDataException("boom"), "failed"));
        EventFilter.Exception<InvalidDataException>(contains: "boo").ExpectOne(
            () => Sys.Log.Error(new InvalidDataException("boom"), "failed"));
        AssertFails(() => EventFilter.Exception<TimeoutException>().ExpectOne(
            Soon, () => Sys.Log.Error(new InvalidDataException("boom"), "failed")));
    }

    [Fact]
    public void A_failing_actor_is_seen() => EventFilter.Exception<ActorInitializationException>().ExpectOne(
        () => Sys.ActorOf(Props.Create<Failing>()));

    [Fact]
    public void A_number_is_expected_exactly()
    {
        EventFilter.Info("text").Expect(2, () =>
        {
            Sys.Log.Info("text");
            Sys.Log.Info("text");
        });
        AssertFails(() => EventFilter.Info("text").Expect(2, Soon, () => Sys.Log.Info("text")));
        AssertFails(() => EventFilter.Info("text").Expect(0, Patience, () => Sys.Log.Info("text")));
    }

    [Fact]
    public void Dead_letters_are_seen_by_type()
    {
        var dead = ActorOf(BlackHoleActor.Props);
        Watch(dead);
        Sys.Stop(dead);
        ExpectTerminated(dead);
        EventFilter.DeadLetter().ExpectOne(() => dead.Tell(1));
        EventFilter.DeadLetter<string>().ExpectOne(() =>
        {
            dead.Tell(1);
            dead.Tell("one");
        });
    }

    [Fact]
    public void Filters_combine() => EventFilter.Info("one").And.Warning("two").Expect(2, () =>
    {
        Sys.Log.Info("one");
        Sys.Log.Warning("two");
    });

    [Fact]
    public void A_custom_filter_sees_the_event() => EventFilter
        .Custom<Info>(entry => entry.Message.ToString() == "text" && entry.LogLevel() == LogLevel.InfoLevel)
        .ExpectOne(() => Sys.Log.Info("text"));

    [Fact]
    public async Task The_asynchronous_variants_say_the_same()
    {
        await EventFilter.Info("text").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            Sys.Log.Info("text");
        });
        await Assert.ThrowsAnyAsync<XunitException>(
            () => EventFilter.Info("text").ExpectAsync(1, Soon, () => Task.CompletedTask));
    }

    [Fact]
    public void The_result_of_the_action_is_returned() => Assert.Equal(7, EventFilter.Info("text").ExpectOne(() =>
    {
        Sys.Log.Info("text");
        return 7;
    }));

    private static void AssertFails(Action expectation) => Assert.ThrowsAny<XunitException>(expectation);

    private sealed class Failing : ReceiveActor
    {
        public Failing() => throw new InvalidDataException("boom");
    }
}
