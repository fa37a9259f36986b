using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Timing;

public sealed class SchedulerTests : RuntimeTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(120);

    [Fact]
    public async Task A_message_is_sent_once_and_not_early()
    {
        var log = NewProbe();
        var start = Sys.Scheduler.MonotonicClock;
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(100), log.Ref, "x", ActorRefs.NoSender);
        await log.Expect("x");
        Assert.True(Sys.Scheduler.MonotonicClock - start >= TimeSpan.FromMilliseconds(90));
    }

    [Fact]
    public async Task The_sender_is_the_one_given()
    {
        var (log, other) = (NewProbe(), NewProbe());
        Sys.Scheduler.ScheduleTellOnce(Soon, log.Ref, "x", other.Ref);
        await log.Expect("x");
        Assert.Equal(other.Ref, log.LastSender);
    }

    [Fact]
    public async Task Messages_are_sent_in_the_order_of_their_delays()
    {
        var log = NewProbe();
        foreach (var n in new[] { 5, 2, 4, 1, 3 })
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(100 * n), log.Ref, n, ActorRefs.NoSender);
        await log.Expect(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task A_repeated_message_comes_until_it_is_cancelled()
    {
        var log = NewProbe();
        var repeated = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.Zero, Soon, log.Ref, "x", ActorRefs.NoSender);
        await log.Expect("x", "x", "x");
        repeated.Cancel();
        log.Ref.Tell("cancelled");
        Assert.True(repeated.IsCancellationRequested);
        Sys.Scheduler.ScheduleTellOnce(Later, log.Ref, "end", ActorRefs.NoSender);
        while (await log.Next() is "x")
        {
            // What came before the cancellation.
        }
        // The one that was on its way at that very moment, at most.
        var last = await log.Next();
        Assert.Equal("end", last is "x" ? await log.Next() : last);
    }

    [Fact]
    public async Task What_is_cancelled_in_time_is_not_sent()
    {
        var log = NewProbe();
        var cancelled = Sys.Scheduler.ScheduleTellOnceCancelable(Soon, log.Ref, "x", ActorRefs.NoSender);
        cancelled.Cancel();
        Sys.Scheduler.ScheduleTellOnce(Later, log.Ref, "end", ActorRefs.NoSender);
        await log.Expect("end");
    }

    [Fact]
    public async Task A_cancelable_of_ones_own_calls_off_whatever_was_scheduled_with_it()
    {
        var log = NewProbe();
        using var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(Soon, log.Ref, "x", ActorRefs.NoSender, cancelable);
        Sys.Scheduler.Advanced.ScheduleOnce(Soon, () => log.Ref.Tell("y"), cancelable);
        cancelable.Cancel();
        Sys.Scheduler.ScheduleTellOnce(Later, log.Ref, "end", ActorRefs.NoSender);
        await log.Expect("end");
    }

    [Fact]
    public async Task CancelAfter_cancels_later()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);
        var cancelled = new TaskCompletionSource();
        using var registration = cancelable.Token.Register(() => cancelled.TrySetResult());
        Assert.False(cancelable.IsCancellationRequested);
        cancelable.CancelAfter(Soon);
        await cancelled.Task.WaitAsync(Patience);
        Assert.True(cancelable.IsCancellationRequested);
    }

    [Fact]
    public void A_linked_cancelable_is_cancelled_with_any_of_its_sources()
    {
        using var one = new Cancelable(Sys.Scheduler);
        using var two = new Cancelable(Sys.Scheduler);
        var linked = Cancelable.CreateLinkedCancelable(Sys.Scheduler, one, two);
        Assert.False(linked.IsCancellationRequested);
        two.Cancel();
        Assert.True(linked.IsCancellationRequested);
    }

    [Fact]
    public async Task An_action_that_throws_does_not_stop_the_scheduler()
    {
        var log = NewProbe();
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => throw new InvalidOperationException("x"));
        Sys.Scheduler.Advanced.ScheduleOnce(Soon, () => log.Ref.Tell("still ticking"));
        await log.Expect("still ticking");
    }

    [Fact]
    public async Task A_repeated_action_may_cancel_itself()
    {
        var log = NewProbe();
        using var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, Soon, () =>
        {
            log.Ref.Tell("once");
            cancelable.Cancel();
        }, cancelable);
        await log.Expect("once");
        Sys.Scheduler.ScheduleTellOnce(Later, log.Ref, "end", ActorRefs.NoSender);
        await log.Expect("end");
    }

    [Fact]
    public void A_negative_delay_and_an_empty_interval_are_refused()
    {
        var log = NewProbe();
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(-1), log.Ref, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Sys.Scheduler.ScheduleTellRepeatedly(Soon, TimeSpan.Zero, log.Ref, "x", ActorRefs.NoSender));
    }

    [Fact]
    public async Task Of_many_cancelled_at_their_very_moment_none_comes_twice()
    {
        var log = NewProbe();
        var handles = Enumerable.Range(0, 1000).Select(n => Sys.Scheduler.ScheduleTellOnceCancelable(
            TimeSpan.FromMilliseconds(n % 50), log.Ref, n, ActorRefs.NoSender)).ToArray();
        Parallel.ForEach(handles, static handle => handle.Cancel());
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(150), log.Ref, "end", ActorRefs.NoSender);
        var seen = new HashSet<object>();
        for (var message = await log.Next(); message is not "end"; message = await log.Next())
            Assert.True(seen.Add(message));
    }
}
