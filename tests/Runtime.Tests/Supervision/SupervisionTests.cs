using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Supervision;

public sealed class SupervisionTests : RuntimeTest
{
    [Fact]
    public async Task Resume_keeps_the_instance_and_its_state()
    {
        var log = NewProbe();
        var child = await Parent(new OneForOneStrategy(_ => Directive.Resume)).Child(log, "c");
        child.Tell(1);
        child.Fail("x");
        child.Tell(2);
        await log.Expect("c constructor", "c PreStart", 1, 2);
        Assert.Equal(2, await child.Get(self => self.Count));
    }

    [Fact]
    public async Task Stop_ends_the_child()
    {
        var log = NewProbe();
        var child = await Parent(new OneForOneStrategy(_ => Directive.Stop)).Child(log, "c");
        await log.Expect("c constructor", "c PreStart");
        await log.Watch(child);
        child.Fail("x");
        await log.Expect("c PostStop");
        await log.ExpectTerminated(child);
    }

    [Fact]
    public async Task The_decider_sees_the_very_exception()
    {
        var fault = new FormatException("x");
        var seen = new TaskCompletionSource<Exception>();
        var child = await Parent(new OneForOneStrategy(cause =>
        {
            seen.TrySetResult(cause);
            return Directive.Resume;
        })).Child(NewProbe(), "c");
        child.Fail(fault);
        Assert.Same(fault, await seen.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task OneForOne_leaves_siblings_alone()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = Parent(new OneForOneStrategy(_ => Directive.Restart));
        var child = await parent.Child(log, "c");
        var sibling = await parent.Child(other, "s");
        child.Fail("x");
        await log.Expect("c constructor", "c PreStart", "c PreRestart x", "c PostStop", "c constructor",
            "c PostRestart x", "c PreStart");
        sibling.Tell("alive");
        await other.Expect("s constructor", "s PreStart", "alive");
    }

    [Fact]
    public async Task AllForOne_restarts_every_child()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = Parent(new AllForOneStrategy(_ => Directive.Restart));
        var child = await parent.Child(log, "c");
        await parent.Child(other, "s");
        child.Fail("x");
        await log.Expect("c constructor", "c PreStart", "c PreRestart x", "c PostStop", "c constructor",
            "c PostRestart x", "c PreStart");
        await other.Expect("s constructor", "s PreStart", "s PreRestart x", "s PostStop", "s constructor",
            "s PostRestart x", "s PreStart");
    }

    [Fact]
    public async Task AllForOne_stops_every_child()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = Parent(new AllForOneStrategy(_ => Directive.Stop));
        var child = await parent.Child(log, "c");
        var sibling = await parent.Child(other, "s");
        await other.Watch(sibling);
        child.Fail("x");
        await log.Expect("c constructor", "c PreStart", "c PostStop");
        await other.Expect("s constructor", "s PreStart", "s PostStop");
        await other.ExpectTerminated(sibling);
    }

    [Fact]
    public async Task AllForOne_lets_a_sibling_finish_its_message_and_keeps_its_mailbox()
    {
        var (log, other) = (NewProbe(), NewProbe());
        using var gate = new SemaphoreSlim(0);
        var parent = Parent(new AllForOneStrategy(_ => Directive.Restart));
        var child = await parent.Child(log, "c");
        var sibling = await parent.Child(other, "s");
        await other.Expect("s constructor", "s PreStart");
        sibling.Do(self =>
        {
            self.Report("busy");
            gate.Wait(Patience);
            self.Report("done");
        });
        sibling.Tell("queued");
        await other.Expect("s busy");
        child.Fail("x");
        await log.Expect("c constructor", "c PreStart", "c PreRestart x", "c PostStop", "c constructor",
            "c PostRestart x", "c PreStart");
        gate.Release();
        await other.Expect("s done", "s PreRestart x", "s PostStop", "s constructor", "s PostRestart x", "s PreStart",
            "queued");
    }

    [Fact]
    public async Task AllForOne_resumes_only_the_child_that_failed()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = Parent(new AllForOneStrategy(_ => Directive.Resume));
        var child = await parent.Child(log, "c");
        var sibling = await parent.Child(other, "s");
        child.Fail("x");
        child.Tell("one");
        sibling.Tell("two");
        await log.Expect("c constructor", "c PreStart", "one");
        await other.Expect("s constructor", "s PreStart", "two");
    }

    [Fact]
    public async Task After_as_many_retries_as_allowed_the_child_is_stopped()
    {
        var log = NewProbe();
        var child = await Parent(new OneForOneStrategy(2, -1, _ => Directive.Restart)).Child(log, "c");
        await log.Watch(child);
        for (var i = 0; i < 3; i++)
            child.Fail($"x{i}");
        await log.Expect("c constructor", "c PreStart", "c PreRestart x0", "c PostStop", "c constructor",
            "c PostRestart x0", "c PreStart", "c PreRestart x1", "c PostStop", "c constructor", "c PostRestart x1",
            "c PreStart", "c PostStop");
        await log.ExpectTerminated(child);
    }

    [Fact]
    public async Task No_retries_means_the_first_failure_stops()
    {
        var log = NewProbe();
        var child = await Parent(new OneForOneStrategy(0, 60_000, _ => Directive.Restart)).Child(log, "c");
        await log.Watch(child);
        child.Fail("x");
        await log.Expect("c constructor", "c PreStart", "c PostStop");
        await log.ExpectTerminated(child);
    }

    [Fact]
    public async Task Retries_within_a_long_window_add_up()
    {
        var log = NewProbe();
        var child = await Parent(new OneForOneStrategy(1, TimeSpan.FromMinutes(5), _ => Directive.Restart))
            .Child(log, "c");
        await log.Watch(child);
        child.Fail("x");
        child.Fail("y");
        await log.Expect("c constructor", "c PreStart", "c PreRestart x", "c PostStop", "c constructor",
            "c PostRestart x", "c PreStart", "c PostStop");
        await log.ExpectTerminated(child);
    }

    [Fact]
    public async Task A_window_without_a_number_allows_one_retry()
    {
        var log = NewProbe();
        var child = await Parent(new OneForOneStrategy(null, TimeSpan.FromMinutes(5), _ => Directive.Restart))
            .Child(log, "c");
        await log.Watch(child);
        child.Fail("x");
        child.Fail("y");
        await log.Expect("c constructor", "c PreStart", "c PreRestart x", "c PostStop", "c constructor",
            "c PostRestart x", "c PreStart", "c PostStop");
        await log.ExpectTerminated(child);
    }

    [Fact]
    public async Task Retries_are_counted_for_each_child()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = Parent(new OneForOneStrategy(1, -1, _ => Directive.Restart));
        var child = await parent.Child(log, "c");
        var sibling = await parent.Child(other, "s");
        child.Fail("x");
        sibling.Fail("y");
        child.Tell(1);
        sibling.Tell(2);
        await log.Expect("c constructor", "c PreStart", "c PreRestart x", "c PostStop", "c constructor",
            "c PostRestart x", "c PreStart", 1);
        await other.Expect("s constructor", "s PreStart", "s PreRestart y", "s PostStop", "s constructor",
            "s PostRestart y", "s PreStart", 2);
    }

    [Fact]
    public async Task AllForOne_out_of_retries_stops_them_all()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = Parent(new AllForOneStrategy(0, -1, _ => Directive.Restart));
        var child = await parent.Child(log, "c");
        var sibling = await parent.Child(other, "s");
        await log.Watch(child);
        await other.Watch(sibling);
        child.Fail("x");
        await log.Expect("c constructor", "c PreStart", "c PostStop");
        await log.ExpectTerminated(child);
        await other.Expect("s constructor", "s PreStart", "s PostStop");
        await other.ExpectTerminated(sibling);
    }

    [Fact]
    public async Task Escalation_fails_the_parent_with_the_cause_of_the_child()
    {
        var (log, below) = (NewProbe(), NewProbe());
        var top = NewPuppet(NewProbe(), "top", strategy: new OneForOneStrategy(_ => Directive.Restart));
        var middle = await top.Child(log, "m", strategy: new OneForOneStrategy(_ => Directive.Escalate));
        var child = await middle.Child(below, "c");
        await below.Watch(child);
        child.Fail("deep");
        await log.Expect("m constructor", "m PreStart", "m PreRestart deep", "m PostStop", "m constructor",
            "m PostRestart deep", "m PreStart");
        await below.Expect("c constructor", "c PreStart", "c PostStop");
        await below.ExpectTerminated(child);
    }

    [Fact]
    public async Task An_escalated_failure_that_is_resumed_resumes_the_child()
    {
        var (log, below) = (NewProbe(), NewProbe());
        var top = NewPuppet(NewProbe(), "top", strategy: new OneForOneStrategy(_ => Directive.Resume));
        var middle = await top.Child(log, "m", strategy: new OneForOneStrategy(_ => Directive.Escalate));
        var child = await middle.Child(below, "c");
        child.Fail("deep");
        child.Tell("after");
        middle.Tell("also");
        await below.Expect("c constructor", "c PreStart", "after");
        await log.Expect("m constructor", "m PreStart", "also");
    }

    [Fact]
    public async Task A_decider_that_throws_fails_the_parent_with_its_own_exception()
    {
        var (log, below) = (NewProbe(), NewProbe());
        var top = NewPuppet(NewProbe(), "top", strategy: new OneForOneStrategy(_ => Directive.Restart));
        var middle = await top.Child(log, "m",
            strategy: new OneForOneStrategy(_ => throw new FormatException("undecided")));
        var child = await middle.Child(below, "c");
        child.Fail("x");
        await log.Expect("m constructor", "m PreStart", "m PreRestart undecided", "m PostStop", "m constructor",
            "m PostRestart undecided", "m PreStart");
    }

    [Fact]
    public async Task A_failed_parent_suspends_its_children_until_it_is_judged()
    {
        var (log, below) = (NewProbe(), NewProbe());
        using var verdict = new SemaphoreSlim(0);
        var judging = new TaskCompletionSource();
        var top = NewPuppet(NewProbe(), "top", strategy: new OneForOneStrategy(_ =>
        {
            judging.TrySetResult();
            verdict.Wait(Patience);
            return Directive.Resume;
        }));
        var middle = await top.Child(log, "m");
        var child = await middle.Child(below, "c");
        await below.Expect("c constructor", "c PreStart");
        middle.Fail("x");
        await judging.Task.WaitAsync(Patience);
        // The child answers Identify only when it is not suspended; by then the verdict has been given.
        var answered = child.Ask<ActorIdentity>(new Identify(1), Patience);
        child.Tell("held back");
        Assert.False(answered.IsCompleted);
        below.IsEmpty();
        verdict.Release();
        Assert.Equal(child, (await answered).Subject);
        await below.Expect("held back");
    }

    [Fact]
    public async Task A_suspended_actor_can_be_stopped()
    {
        var log = NewProbe();
        using var verdict = new SemaphoreSlim(0);
        var judging = new TaskCompletionSource();
        var top = NewPuppet(NewProbe(), "top", strategy: new OneForOneStrategy(_ =>
        {
            judging.TrySetResult();
            verdict.Wait(Patience);
            return Directive.Resume;
        }));
        var child = await top.Child(log, "c");
        await log.Expect("c constructor", "c PreStart");
        await log.Watch(child);
        child.Fail("x");
        await judging.Task.WaitAsync(Patience);
        child.Tell("never handled");
        Sys.Stop(child);
        await log.Expect("c PostStop");
        await log.ExpectTerminated(child);
        verdict.Release();
    }

    [Fact]
    public async Task Props_override_the_strategy_of_the_class()
    {
        var log = NewProbe();
        var recipe = Puppet.Recipe(NewProbe(), strategy: new OneForOneStrategy(_ => Directive.Stop))
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume));
        var child = await Sys.ActorOf(recipe).Child(log, "c");
        child.Fail("x");
        child.Tell("alive");
        await log.Expect("c constructor", "c PreStart", "alive");
    }

    [Fact]
    public async Task The_stopping_strategy_stops_whatever_fails()
    {
        var log = NewProbe();
        var child = await Parent(SupervisorStrategy.StoppingStrategy).Child(log, "c");
        await log.Watch(child);
        child.Fail("x");
        await log.Expect("c constructor", "c PreStart", "c PostStop");
        await log.ExpectTerminated(child);
    }

    [Fact]
    public void The_default_decider_stops_what_could_not_start_and_restarts_the_rest()
    {
        var decider = SupervisorStrategy.DefaultDecider;
        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(ActorRefs.Nobody)));
        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException("x")));
    }

    [Fact]
    public void A_table_of_directives_takes_the_first_type_that_fits()
    {
        var decider = Decider.From(Directive.Escalate, Directive.Resume.When<ArgumentNullException>(),
            Directive.Stop.When<ArgumentException>());
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentOutOfRangeException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new FormatException()));
    }

    [Fact]
    public async Task A_failure_of_a_child_that_has_been_replaced_is_not_held_against_its_successor()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = Parent(new OneForOneStrategy(_ => Directive.Stop));
        var first = await parent.Child(log, "c");
        await other.Watch(first);
        parent.Do(self => self.Ctx.Stop(first));
        await other.ExpectTerminated(first);
        var second = await parent.Child(other, "c");
        first.Fail("x");
        second.Tell("alive");
        await other.Expect("c constructor", "c PreStart", "alive");
    }

    private IActorRef Parent(SupervisorStrategy strategy) => NewPuppet(NewProbe(), "parent", strategy: strategy);
}
