using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.LifeCycle;

public sealed class LifeCycleTests : RuntimeTest
{
    [Fact]
    public async Task An_actor_is_constructed_then_started_then_stopped()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        a.Tell(PoisonPill.Instance);
        await log.Expect("a PostStop");
    }

    [Fact]
    public async Task A_restart_calls_PreRestart_on_the_old_and_PostRestart_on_the_new_instance()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        a.Fail("x");
        await log.Expect("a constructor", "a PreStart", "a PreRestart x", "a PostStop", "a constructor",
            "a PostRestart x", "a PreStart");
    }

    [Fact]
    public async Task PreRestart_sees_the_failing_message_and_its_sender()
    {
        var log = NewProbe();
        var a = Sys.ActorOf(Props.Create(() => new Remembers(log.Ref)));
        a.Tell("boom", log.Ref);
        await log.Expect("boom");
        Assert.Equal(a, log.LastSender);
    }

    [Fact]
    public async Task The_failing_message_is_lost_and_those_behind_it_are_handled_by_the_new_instance()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        var first = await a.Get(self => self);
        a.Do(_ =>
        {
            foreach (var message in new object[] { 1, new Puppet.Fail("x"), 2, 3 })
                a.Tell(message, ActorRefs.NoSender);
        });
        await log.Expect(1, "a PreRestart x", "a PostStop", "a constructor", "a PostRestart x", "a PreStart", 2, 3);
        Assert.NotSame(first, await a.Get(self => self));
    }

    [Fact]
    public async Task State_does_not_survive_a_restart()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        a.Tell("one");
        Assert.Equal(1, await a.Get(self => self.Count));
        a.Fail("x");
        Assert.Equal(0, await a.Get(self => self.Count));
    }

    [Fact]
    public async Task The_reference_stays_the_same_over_a_restart()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        a.Fail("x");
        Assert.Equal(a, await a.Get(self => self.Me));
    }

    [Fact]
    public async Task A_failing_constructor_stops_the_actor_by_default()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a", new Script { Constructor = _ => new InvalidOperationException("no") });
        await log.Watch(a);
        await log.Expect("a constructor");
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task A_failing_PreStart_stops_the_actor_by_default_without_PostStop()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a", new Script { PreStart = _ => new InvalidOperationException("no") });
        await log.Watch(a);
        await log.Expect("a constructor", "a PreStart");
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task A_failing_constructor_reaches_the_supervisor_as_ActorInitializationException()
    {
        var log = NewProbe();
        var seen = new TaskCompletionSource<Exception>();
        var parent = NewPuppet(NewProbe(), "parent", strategy: new OneForOneStrategy(cause =>
        {
            seen.TrySetResult(cause);
            return Directive.Stop;
        }));
        var child = await parent.Child(log, "child", new Script { Constructor = _ => new FormatException("bad") });
        var cause = Assert.IsType<ActorInitializationException>(await seen.Task.WaitAsync(Patience));
        Assert.Equal(child, cause.Actor);
        Assert.Contains("bad", cause.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_PreStart_carries_its_cause_to_the_supervisor()
    {
        var fault = new FormatException("bad");
        var seen = new TaskCompletionSource<Exception>();
        var parent = NewPuppet(NewProbe(), "parent", strategy: new OneForOneStrategy(cause =>
        {
            seen.TrySetResult(cause);
            return Directive.Stop;
        }));
        await parent.Child(NewProbe(), "child", new Script { PreStart = _ => fault });
        var cause = Assert.IsType<ActorInitializationException>(await seen.Task.WaitAsync(Patience));
        Assert.Same(fault, cause.InnerException);
    }

    [Fact]
    public async Task A_constructor_that_fails_once_succeeds_when_the_supervisor_restarts()
    {
        var log = NewProbe();
        var parent = NewPuppet(NewProbe(), "parent", strategy: new OneForOneStrategy(_ => Directive.Restart));
        var child = await parent.Child(log, "c",
            new Script { Constructor = n => n == 1 ? new InvalidOperationException("once") : null });
        child.Tell("hello");
        await log.Expect("c constructor", "c constructor", "c PreStart", "hello");
    }

    [Fact]
    public async Task A_failing_PreRestart_does_not_stop_the_restart()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a", new Script { PreRestart = _ => new InvalidOperationException("again") });
        a.Fail("x");
        a.Tell("hello");
        await log.Expect("a constructor", "a PreStart", "a PreRestart x", "a constructor", "a PostRestart x",
            "a PreStart", "hello");
    }

    [Fact]
    public async Task A_failing_PostRestart_is_an_initialization_failure_and_stops_the_actor()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a", new Script { PostRestart = _ => new InvalidOperationException("no") });
        await log.Watch(a);
        a.Fail("x");
        await log.Expect("a constructor", "a PreStart", "a PreRestart x", "a PostStop", "a constructor",
            "a PostRestart x");
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task A_constructor_that_fails_in_a_restart_reaches_the_supervisor_as_PostRestartException()
    {
        var seen = new List<Exception>();
        var stopped = new TaskCompletionSource();
        var parent = NewPuppet(NewProbe(), "parent", strategy: new OneForOneStrategy(cause =>
        {
            seen.Add(cause);
            if (cause is not PostRestartException)
                return Directive.Restart;
            stopped.TrySetResult();
            return Directive.Stop;
        }));
        var child = await parent.Child(NewProbe(), "c",
            new Script { Constructor = n => n == 2 ? new FormatException("second") : null });
        child.Fail("first");
        await stopped.Task.WaitAsync(Patience);
        Assert.Collection(seen,
            first => Assert.Equal("first", first.Message),
            second => Assert.Equal("first", Assert.IsType<PostRestartException>(second).OriginalCause.Message));
    }

    [Fact]
    public async Task A_failing_PostStop_does_not_keep_the_actor_alive()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a", new Script { PostStop = _ => new InvalidOperationException("no") });
        await log.Expect("a constructor", "a PreStart");
        await log.Watch(a);
        Sys.Stop(a);
        await log.Expect("a PostStop");
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task Stopping_finishes_the_current_message_and_no_other()
    {
        var (log, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(Akka.Event.DeadLetter));
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        a.Do(self =>
        {
            a.Tell("too late", ActorRefs.NoSender);
            self.Ctx.Stop(self.Me);
            self.Report("still here");
        });
        await log.Expect("a still here", "a PostStop");
        Assert.Equal("too late", (await letters.Next<Akka.Event.DeadLetter>()).Message);
    }

    [Fact]
    public async Task A_poison_pill_waits_behind_what_was_sent_before()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        a.Do(_ =>
        {
            a.Tell(1, ActorRefs.NoSender);
            a.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            a.Tell(2, ActorRefs.NoSender);
        });
        await log.Expect(1, "a PostStop");
    }

    [Fact]
    public async Task Kill_fails_the_actor_and_the_default_strategy_stops_it()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        await log.Watch(a);
        a.Tell(Kill.Instance);
        await log.Expect("a PostStop");
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task Kill_can_be_answered_with_a_restart()
    {
        var log = NewProbe();
        var parent = NewPuppet(NewProbe(), "parent", strategy: new OneForOneStrategy(
            cause => cause is ActorKilledException ? Directive.Restart : Directive.Stop));
        var child = await parent.Child(log, "c");
        child.Tell(Kill.Instance);
        child.Tell("hello");
        await log.Expect("c constructor", "c PreStart", "c PreRestart Kill", "c PostStop", "c constructor",
            "c PostRestart Kill", "c PreStart", "hello");
    }

    [Fact]
    public async Task Children_stop_before_their_parent()
    {
        var log = NewProbe();
        var parent = NewPuppet(log, "p");
        await log.Expect("p constructor", "p PreStart");
        var child = await parent.Child(log, "c");
        await log.Expect("c constructor", "c PreStart");
        await child.Child(log, "g");
        await log.Expect("g constructor", "g PreStart");
        Sys.Stop(parent);
        await log.Expect("g PostStop", "c PostStop", "p PostStop");
    }

    [Fact]
    public async Task A_restart_stops_the_children_and_waits_for_them()
    {
        var log = NewProbe();
        var parent = NewPuppet(log, "p");
        await parent.Child(log, "c");
        await log.Expect("p constructor", "p PreStart", "c constructor", "c PreStart");
        parent.Fail("x");
        // The parent's PostStop belongs to PreRestart, before the child has ended.
        var seen = new[] { await log.Next(), await log.Next(), await log.Next() };
        Assert.Equal("p PreRestart x", seen[0]);
        Assert.Equal(["c PostStop", "p PostStop"], seen[1..].Cast<string>().Order(StringComparer.Ordinal));
        await log.Expect("p constructor", "p PostRestart x", "p PreStart");
        Assert.Empty(await parent.Get(self => self.Ctx.GetChildren().ToArray()));
    }

    [Fact]
    public async Task Children_that_PreRestart_keeps_are_restarted_with_their_parent()
    {
        var log = NewProbe();
        var parent = NewPuppet(log, "p", new Script { KeepsChildren = true });
        var child = await parent.Child(log, "c");
        await log.Expect("p constructor", "p PreStart", "c constructor", "c PreStart");
        parent.Fail("x");
        await log.Expect("p PreRestart x", "p constructor", "p PostRestart x", "p PreStart",
            "c PreRestart x", "c PostStop", "c constructor", "c PostRestart x", "c PreStart");
        Assert.Equal(child, await parent.Get(self => self.Ctx.Child("c")));
    }

    [Fact]
    public async Task Creating_an_actor_with_new_is_refused()
    {
        // On a thread of its own, on which no test kit has ever been: one may leave its context behind.
        var outside = await Task.Factory.StartNew(
            () => Record.Exception(() => new Puppet(ActorRefs.Nobody, new Script(), null)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.IsType<ActorInitializationException>(outside);
    }

    [Fact]
    public async Task Stopping_twice_is_stopping_once()
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        await log.Watch(a);
        a.Do(self =>
        {
            self.Ctx.Stop(self.Me);
            self.Ctx.Stop(self.Me);
        });
        a.Tell(PoisonPill.Instance);
        await log.Expect("a PostStop");
        await log.ExpectTerminated(a);
        await log.Ref.Ask<ActorIdentity>(new Identify(1), Patience);
        log.IsEmpty();
    }

    private sealed class Remembers(IActorRef log) : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("x");

        protected override void PreRestart(Exception reason, object message)
        {
            Assert.Equal(log, Sender);
            log.Tell(message);
        }
    }
}
