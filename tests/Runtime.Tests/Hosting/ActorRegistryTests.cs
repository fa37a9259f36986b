using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.TestActors;

namespace AkkaComfy.Runtime.Tests.Hosting;

public sealed class ActorRegistryTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private ActorRegistry Registry => ActorRegistry.For(Sys);

    private IActorRef Any() => Sys.ActorOf(BlackHoleActor.Props);

    [Fact]
    public void A_system_has_one_registry() => Assert.Same(ActorRegistry.For(Sys), ActorRegistry.For(Sys));

    [Fact]
    public void A_registered_actor_is_found_under_its_key()
    {
        var actor = Any();
        Registry.Register<Echo>(actor);

        Assert.Equal(actor, Registry.Get<Echo>());
        Assert.True(Registry.TryGet<Echo>(out var found));
        Assert.Equal(actor, found);
    }

    [Fact]
    public void A_missing_actor_is_told_from_a_present_one()
    {
        Assert.False(Registry.TryGet<Echo>(out var nobody));
        Assert.True(nobody.IsNobody());
        Assert.Throws<MissingActorRegistryEntryException>(() => Registry.Get<Echo>());
    }

    [Fact]
    public void A_key_is_taken_once()
    {
        var first = Any();
        Registry.Register<Echo>(first);

        Assert.Throws<DuplicateActorRegistryException>(() => Registry.Register<Echo>(Any()));
        Assert.False(Registry.TryRegister<Echo>(Any()));
        Assert.Equal(first, Registry.Get<Echo>());
    }

    [Fact]
    public void A_key_may_be_overwritten_on_purpose()
    {
        var second = Any();
        Registry.Register<Echo>(Any());

        Registry.Register<Echo>(second, overwrite: true);

        Assert.Equal(second, Registry.Get<Echo>());
    }

    [Fact]
    public async Task Who_asks_before_the_registration_waits_for_it()
    {
        var actor = Any();
        var waiting = Registry.GetAsync<Echo>();
        Assert.False(waiting.IsCompleted);

        Registry.Register<Echo>(actor);

        Assert.Equal(actor, await waiting.WaitAsync(Soon));
    }

    [Fact]
    public async Task Who_waits_may_give_up()
    {
        using var patience = new CancellationTokenSource();
        var waiting = Registry.GetAsync<Echo>(patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon));
    }

    [Fact]
    public void The_registry_lists_its_actors()
    {
        var actor = Any();
        Registry.Register<Echo>(actor);

        Assert.Contains(Registry, entry => entry.Key == typeof(Echo) && entry.Value.Equals(actor));
    }
}
