using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Watching;

public sealed class DeathWatchTests : RuntimeTest
{
    [Fact]
    public async Task A_watcher_learns_of_the_end_once()
    {
        var log = NewProbe();
        var a = NewPuppet(NewProbe(), "a");
        await log.Watch(a);
        await log.Watch(a);
        Sys.Stop(a);
        var terminated = await log.ExpectTerminated(a);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
        Assert.Equal(a, log.LastSender);
        log.Ref.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task Every_watcher_learns_of_the_end()
    {
        var probes = Enumerable.Range(0, 5).Select(_ => NewProbe()).ToArray();
        var a = NewPuppet(NewProbe(), "a");
        foreach (var probe in probes)
            await probe.Watch(a);
        Sys.Stop(a);
        foreach (var probe in probes)
            await probe.ExpectTerminated(a);
    }

    [Fact]
    public async Task Watching_the_dead_tells_at_once()
    {
        var log = NewProbe();
        var a = NewPuppet(NewProbe(), "a");
        await log.Watch(a);
        Sys.Stop(a);
        await log.ExpectTerminated(a);
        await log.Watch(a);
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task Watching_who_never_was_tells_that_existence_is_unconfirmed()
    {
        var log = NewProbe();
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka://test/user/nobody");
        await log.Watch(nobody);
        Assert.False((await log.Next<Terminated>()).ExistenceConfirmed);
    }

    [Fact]
    public async Task Unwatch_ends_the_watch()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var target = NewPuppet(NewProbe(), "t");
        var watcher = NewPuppet(log, "w");
        await other.Watch(target);
        await watcher.Get(self =>
        {
            self.Ctx.Watch(target);
            return self.Ctx.Unwatch(target);
        });
        Sys.Stop(target);
        await other.ExpectTerminated(target);
        watcher.Tell("marker");
        await log.Expect("w constructor", "w PreStart", "marker");
    }

    [Fact]
    public async Task Unwatch_drops_a_notice_that_waits_in_the_mailbox()
    {
        var (log, other) = (NewProbe(), NewProbe());
        using var gate = new SemaphoreSlim(0);
        var target = NewPuppet(NewProbe(), "t");
        var watcher = NewPuppet(log, "w");
        await watcher.Get(self => self.Ctx.Watch(target));
        await log.Expect("w constructor", "w PreStart");
        // While the watcher is busy its notice is a system message still; the second step makes it a queued letter.
        watcher.Do(self =>
        {
            self.Report("busy");
            gate.Wait(Patience);
        });
        watcher.Do(self =>
        {
            self.Report("unwatches");
            self.Ctx.Unwatch(target);
        });
        await log.Expect("w busy");
        await other.Watch(target);
        Sys.Stop(target);
        await other.ExpectTerminated(target);
        gate.Release();
        await log.Expect("w unwatches");
        watcher.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task Watching_anew_after_an_unwatch_tells_once()
    {
        var log = NewProbe();
        var target = NewPuppet(NewProbe(), "t");
        var watcher = NewPuppet(log, "w");
        await watcher.Get(self =>
        {
            self.Ctx.Watch(target);
            self.Ctx.Unwatch(target);
            return self.Ctx.Watch(target);
        });
        Sys.Stop(target);
        await log.Expect("w constructor", "w PreStart", "w saw t terminate");
        watcher.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task WatchWith_delivers_the_given_message()
    {
        var log = NewProbe();
        var target = NewPuppet(NewProbe(), "t");
        var watcher = NewPuppet(log, "w");
        await watcher.Get(self => self.Ctx.WatchWith(target, "it is over"));
        Sys.Stop(target);
        await log.Expect("w constructor", "w PreStart", "it is over");
    }

    [Fact]
    public async Task Watching_twice_with_different_messages_is_refused()
    {
        var target = NewPuppet(NewProbe(), "t");
        var fault = await NewPuppet(NewProbe(), "w").Get(self =>
        {
            self.Ctx.WatchWith(target, "one");
            return Record.Exception(() => self.Ctx.WatchWith(target, "two"));
        });
        Assert.IsType<InvalidOperationException>(fault);
    }

    [Fact]
    public async Task An_unhandled_Terminated_breaks_the_death_pact()
    {
        var log = NewProbe();
        var target = NewPuppet(NewProbe(), "t");
        var watcher = Sys.ActorOf(Props.Create(() => new Careless(target, log.Ref)), "careless");
        await log.Expect("watching");
        await log.Watch(watcher);
        Sys.Stop(target);
        await log.ExpectTerminated(watcher);
    }

    [Fact]
    public async Task A_parent_that_watches_its_child_is_told_once()
    {
        var log = NewProbe();
        var parent = NewPuppet(log, "p");
        var child = await parent.Child(NewProbe(), "c");
        await parent.Get(self => self.Ctx.Watch(child));
        child.Tell(PoisonPill.Instance);
        await log.Expect("p constructor", "p PreStart", "p saw c terminate");
        parent.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task A_restart_does_not_end_a_watch()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var target = NewPuppet(other, "t");
        await log.Watch(target);
        target.Fail("x");
        target.Tell("alive");
        await other.Expect("t constructor", "t PreStart", "t PreRestart x", "t PostStop", "t constructor",
            "t PostRestart x", "t PreStart", "alive");
        log.IsEmpty();
        Sys.Stop(target);
        await log.ExpectTerminated(target);
    }

    [Fact]
    public async Task The_name_is_free_when_the_parent_hears_of_the_end()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var parent = NewPuppet(other, "p");
        var first = await parent.Child(log, "c");
        await log.Expect("c constructor", "c PreStart");
        await parent.Get(self => self.Ctx.Watch(first));
        first.Tell(PoisonPill.Instance);
        await other.Expect("p constructor", "p PreStart", "p saw c terminate");
        var second = await parent.Child(log, "c");
        Assert.NotEqual(first, second);
        Assert.Equal(first.Path, second.Path);
        await log.Expect("c PostStop", "c constructor", "c PreStart");
    }

    [Fact]
    public async Task The_name_is_taken_until_the_actor_has_stopped()
    {
        var log = NewProbe();
        using var gate = new SemaphoreSlim(0);
        var parent = NewPuppet(NewProbe(), "p");
        var child = await parent.Child(log, "c");
        await log.Expect("c constructor", "c PreStart");
        child.Do(self =>
        {
            self.Report("busy");
            gate.Wait(Patience);
        });
        await log.Expect("c busy");
        await log.Watch(child);
        await parent.Get(self =>
        {
            self.Ctx.Stop(child);
            return true;
        });
        await Assert.ThrowsAsync<InvalidActorNameException>(() => parent.Child(log, "c"));
        gate.Release();
        await log.Expect("c PostStop");
        await log.ExpectTerminated(child);
    }

    [Fact]
    public async Task Two_actors_that_watch_each_other_both_end_cleanly()
    {
        var (log, other) = (NewProbe(), NewProbe());
        var a = NewPuppet(log, "a");
        var b = NewPuppet(NewProbe(), "b");
        await a.Get(self => self.Ctx.Watch(b));
        await b.Get(self => self.Ctx.Watch(a));
        await other.Watch(a);
        Sys.Stop(b);
        await log.Expect("a constructor", "a PreStart", "a saw b terminate");
        Sys.Stop(a);
        await other.ExpectTerminated(a);
    }

    private sealed class Careless : ReceiveActor
    {
        private readonly IActorRef _target;
        private readonly IActorRef _log;

        public Careless(IActorRef target, IActorRef log)
        {
            _target = target;
            _log = log;
            Receive<string>(_ => { });
        }

        protected override void PreStart()
        {
            Context.Watch(_target);
            _log.Tell("watching");
        }
    }
}
