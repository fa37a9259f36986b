using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Timing;

/// <summary>Timers fire in the order of their delays, so a later one tells that an earlier one had its turn.</summary>
public sealed class TimerTests : RuntimeTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_single_timer_ticks_once()
    {
        var (log, a) = await Start();
        await a.Get(self =>
        {
            self.Timers.StartSingleTimer("k", "tick", Soon);
            self.Timers.StartSingleTimer("end", "end", Later);
            return self.Timers.IsTimerActive("k");
        });
        await log.Expect("tick", "end");
        Assert.False(await a.Get(self => self.Timers.IsTimerActive("k")));
    }

    [Fact]
    public async Task A_periodic_timer_ticks_until_it_is_cancelled()
    {
        var (log, a) = await Start();
        a.Do(self => self.Timers.StartPeriodicTimer("k", "tick", Soon));
        await log.Expect("tick", "tick", "tick");
        Assert.True(await a.Get(self => self.Timers.IsTimerActive("k")));
        await a.Get(self =>
        {
            self.Timers.Cancel("k");
            self.Report("cancelled");
            self.Timers.StartSingleTimer("end", "end", Later);
            return true;
        });
        object last;
        do
            last = await log.Next();
        while (last is "tick");
        Assert.Equal("a cancelled", last);
        await log.Expect("end");
    }

    [Fact]
    public async Task The_first_tick_may_have_a_delay_of_its_own()
    {
        var (log, a) = await Start();
        a.Do(self => self.Timers.StartPeriodicTimer("k", "tick", TimeSpan.Zero, Never));
        await log.Expect("tick");
    }

    [Fact]
    public async Task A_new_timer_replaces_that_of_the_same_key()
    {
        var (log, a) = await Start();
        a.Do(self =>
        {
            self.Timers.StartSingleTimer("k", "old", Soon);
            self.Timers.StartSingleTimer("k", "new", Later);
        });
        await log.Expect("new");
    }

    [Fact]
    public async Task A_tick_in_the_mailbox_is_dropped_when_its_timer_is_cancelled()
    {
        var (log, a) = await Start();
        await a.WhileATickWaits(Sys, self => self.Timers.Cancel("k"));
        a.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task A_tick_in_the_mailbox_is_dropped_when_its_timer_is_replaced()
    {
        var (log, a) = await Start();
        await a.WhileATickWaits(Sys, self => self.Timers.StartSingleTimer("k", "new", Soon));
        await log.Expect("new");
    }

    [Fact]
    public async Task A_tick_in_the_mailbox_is_dropped_when_the_actor_restarts()
    {
        var (log, a) = await Start();
        await a.WhileATickWaits(Sys, _ => throw new InvalidOperationException("x"));
        a.Tell("marker");
        await log.Expect("a PreRestart x", "a PostStop", "a constructor", "a PostRestart x", "a PreStart", "marker");
    }

    [Fact]
    public async Task A_restart_cancels_all_timers()
    {
        var (log, a) = await Start();
        a.Do(self =>
        {
            self.Timers.StartPeriodicTimer("k", "tick", Later);
            throw new InvalidOperationException("x");
        });
        await log.Expect("a PreRestart x", "a PostStop", "a constructor", "a PostRestart x", "a PreStart");
        await a.Get(self =>
        {
            self.Timers.StartSingleTimer("end", "end", 2 * Later);
            return self.Timers.IsTimerActive("k");
        });
        await log.Expect("end");
    }

    [Fact]
    public async Task A_new_incarnation_may_use_the_key_of_the_old_one()
    {
        var (log, a) = await Start();
        a.Do(self =>
        {
            self.Timers.StartSingleTimer("k", "old", Soon);
            throw new InvalidOperationException("x");
        });
        a.Do(self => self.Timers.StartSingleTimer("k", "new", Later));
        await log.Expect("a PreRestart x", "a PostStop", "a constructor", "a PostRestart x", "a PreStart", "new");
    }

    [Fact]
    public async Task A_resumed_actor_keeps_its_timers()
    {
        var log = NewProbe();
        var parent = NewPuppet(NewProbe(), "p", strategy: new OneForOneStrategy(_ => Directive.Resume));
        var child = await parent.Child(log, "c");
        child.Do(self =>
        {
            self.Timers.StartSingleTimer("k", "tick", Soon);
            throw new InvalidOperationException("x");
        });
        await log.Expect("c constructor", "c PreStart", "tick");
    }

    [Fact]
    public async Task CancelAll_cancels_every_timer()
    {
        var (log, a) = await Start();
        await a.Get(self =>
        {
            self.Timers.StartPeriodicTimer(1, "one", Soon);
            self.Timers.StartSingleTimer(2, "two", Soon);
            self.Timers.CancelAll();
            self.Timers.StartSingleTimer(3, "three", Later);
            return true;
        });
        await log.Expect("three");
    }

    [Fact]
    public async Task Timers_end_with_their_actor()
    {
        var (log, a) = await Start();
        var letters = NewProbe();
        Sys.EventStream.Subscribe(letters.Ref, typeof(Akka.Event.DeadLetter));
        await log.Watch(a);
        a.Do(self =>
        {
            self.Timers.StartPeriodicTimer("k", "tick", Soon);
            self.Ctx.Stop(self.Me);
        });
        await log.Expect("a PostStop");
        await log.ExpectTerminated(a);
        Sys.Scheduler.ScheduleTellOnce(Later, letters.Ref, "end", ActorRefs.NoSender);
        await letters.Expect("end");
    }

    [Fact]
    public async Task Cancelling_what_never_started_does_nothing()
    {
        var (_, a) = await Start();
        Assert.False(await a.Get(self =>
        {
            self.Timers.Cancel("nothing");
            return self.Timers.IsTimerActive("nothing");
        }));
    }

    [Fact]
    public async Task The_receive_timeout_comes_after_silence()
    {
        var (log, a) = await Start();
        a.Do(self => self.Ctx.SetReceiveTimeout(Soon));
        await log.Next<ReceiveTimeout>();
        await log.Next<ReceiveTimeout>();
    }

    [Fact]
    public async Task The_receive_timeout_can_be_switched_off()
    {
        var (log, a) = await Start();
        await a.Get(self =>
        {
            self.Ctx.SetReceiveTimeout(Later);
            self.Ctx.SetReceiveTimeout(null);
            self.Timers.StartSingleTimer("end", "end", 2 * Later);
            return true;
        });
        await log.Expect("end");
        Assert.Null(await a.Get(self => self.Ctx.ReceiveTimeout));
    }

    [Fact]
    public async Task A_message_that_does_not_influence_it_does_not_restart_the_receive_timeout()
    {
        var (log, a) = await Start();
        await a.Get(self =>
        {
            self.Ctx.SetReceiveTimeout(Later);
            self.Timers.StartPeriodicTimer("k", new Quiet(), Soon);
            return true;
        });
        object message;
        do
            message = await log.Next();
        while (message is Quiet);
        Assert.IsType<ReceiveTimeout>(message);
    }

    private async Task<(Probe Log, IActorRef Actor)> Start()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        return (log, a);
    }

    private sealed record Quiet : INotInfluenceReceiveTimeout;
}

internal static class TimerTestExtensions
{
    /// <summary>Does something in a handler while a tick of timer "k" is in the mailbox behind it.</summary>
    public static async Task WhileATickWaits(this IActorRef puppet, ActorSystem system, Action<Puppet> what)
    {
        using var queued = new SemaphoreSlim(0);
        using var begun = new SemaphoreSlim(0);
        puppet.Do(self =>
        {
            self.Timers.StartSingleTimer("k", "stale", TimeSpan.Zero);
            // Scheduled after the tick, so that it runs after the tick was sent.
            system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(100), () => queued.Release());
            begun.Release();
            queued.Wait(TimeSpan.FromSeconds(20));
            what(self);
        });
        await begun.WaitAsync();
        await puppet.Ask<ActorIdentity>(new Identify(0), TimeSpan.FromSeconds(20));
    }
}
