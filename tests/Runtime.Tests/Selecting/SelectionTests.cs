using Akka.Actor;
using Akka.Event;

namespace AkkaComfy.Runtime.Tests.Selecting;

public sealed class SelectionTests : RuntimeTest
{
    [Theory]
    [InlineData("/user/p/c1")]
    [InlineData("akka://test/user/p/c1")]
    [InlineData("/user/p/../p/c1")]
    [InlineData("/user/*/c1")]
    [InlineData("/user/p/c?")]
    public async Task A_path_finds_its_actor(string path)
    {
        var (_, child) = await Family("c1");
        Assert.Equal(child, await Sys.ActorSelection(path).ResolveOne(Patience));
    }

    [Fact]
    public async Task A_relative_path_starts_at_the_actor_that_selects()
    {
        var (parent, child) = await Family("c1");
        var log = NewProbe();
        var inside = await parent.Get(self => self.Ctx.ActorSelection("c1"));
        var beside = await child.Get(self => self.Ctx.ActorSelection("../c1"));
        Assert.Equal(child, await inside.ResolveOne(Patience));
        Assert.Equal(child, await beside.ResolveOne(Patience));
        log.IsEmpty();
    }

    [Fact]
    public async Task A_wildcard_reaches_every_match()
    {
        var log = NewProbe();
        var parent = NewPuppet(NewProbe(), "p");
        foreach (var name in new[] { "job-1", "job-2", "other" })
            await parent.Child(log, name);
        for (var i = 0; i < 6; i++)
            await log.Next();
        Sys.ActorSelection("/user/p/job-*").Tell("x", ActorRefs.NoSender);
        await log.Expect("x", "x");
        var other = await Sys.ActorSelection("/user/p/other").ResolveOne(Patience);
        other.Tell("marker");
        await log.Expect("marker");
    }

    [Fact]
    public async Task A_double_wildcard_reaches_all_below()
    {
        var log = NewProbe();
        var parent = NewPuppet(NewProbe(), "p");
        var child = await parent.Child(log, "c");
        await log.Expect("c constructor", "c PreStart");
        await child.Child(log, "g");
        await log.Expect("g constructor", "g PreStart");
        Sys.ActorSelection("/user/p/**").Tell("x", ActorRefs.NoSender);
        await log.Expect("x", "x");
        Assert.Throws<IllegalActorNameException>(() => Sys.ActorSelection("/user/**/g"));
    }

    [Fact]
    public async Task Nobody_there_is_ActorNotFoundException()
    {
        await Assert.ThrowsAsync<ActorNotFoundException>(() =>
            Sys.ActorSelection("/user/nobody").ResolveOne(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task A_message_to_nobody_becomes_a_dead_letter()
    {
        var log = NewProbe();
        Sys.EventStream.Subscribe(log.Ref, typeof(DeadLetter));
        Sys.ActorSelection("/user/nobody").Tell("x", ActorRefs.NoSender);
        Assert.Equal("x", (await log.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task The_sender_is_kept()
    {
        var (log, other) = (NewProbe(), NewProbe());
        NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        Sys.ActorSelection("/user/a").Tell("x", other.Ref);
        await log.Expect("x");
        Assert.Equal(other.Ref, log.LastSender);
    }

    [Fact]
    public async Task Identify_is_answered_with_the_actor()
    {
        var a = NewPuppet(NewProbe(), "a");
        var identity = await Sys.ActorSelection("/user/a").Ask<ActorIdentity>(new Identify("id"), Patience);
        Assert.Equal("id", identity.MessageId);
        Assert.Equal(a, identity.Subject);
    }

    [Fact]
    public async Task Identify_to_one_that_stops_before_it_comes_to_it_is_answered_with_nobody()
    {
        var actor = NewPuppet(NewProbe(), "stopping");
        actor.Tell(PoisonPill.Instance);
        var identity = await actor.Ask<ActorIdentity>(new Identify("id"), Patience);
        Assert.Equal("id", identity.MessageId);
        Assert.Null(identity.Subject);
    }

    [Fact]
    public async Task Identify_to_nobody_is_answered_with_nobody()
    {
        var identity = await Sys.ActorSelection("/user/nobody").Ask<ActorIdentity>(new Identify("id"), Patience);
        Assert.Equal("id", identity.MessageId);
        Assert.Null(identity.Subject);
    }

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        var a = NewPuppet(NewProbe(), "a");
        a.Do(self => self.Ctx.Become(_ => self.Asker.Tell("here")));
        Assert.Equal("here", await Sys.ActorSelection("/user/a").Ask<string>("x", Patience));
    }

    [Fact]
    public async Task The_guardians_are_found()
    {
        foreach (var path in new[] { "/user", "/system" })
        {
            var guardian = await Sys.ActorSelection(path).ResolveOne(Patience);
            Assert.Equal(path, guardian.Path.ToStringWithoutAddress());
        }
    }

    [Fact]
    public async Task A_provider_resolves_a_path_with_its_uid_only()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        var log = NewProbe();
        var first = NewPuppet(NewProbe(), "a");
        await log.Watch(first);
        Assert.Equal(first, provider.ResolveActorRef(first.Path.ToStringWithUid()));
        Sys.Stop(first);
        await log.ExpectTerminated(first);
        var second = await Recreate("a");
        Assert.Equal(second, provider.ResolveActorRef(second.Path.ToString()));
        Assert.NotEqual(second, provider.ResolveActorRef(first.Path.ToStringWithUid()));
    }

    private async Task<IActorRef> Recreate(string name)
    {
        // The guardian may hear of the end after the watcher does.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return NewPuppet(NewProbe(), name);
            }
            catch (InvalidActorNameException) when (attempt < 10_000)
            {
                await Task.Yield();
            }
        }
    }

    private async Task<(IActorRef Parent, IActorRef Child)> Family(string child)
    {
        var parent = NewPuppet(NewProbe(), "p");
        return (parent, await parent.Child(NewProbe(), child));
    }
}
