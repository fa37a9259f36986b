using Akka.Actor;
using Akka.Configuration;

namespace AkkaComfy.Runtime.Tests.Systems;

public sealed class ActorSystemTests : RuntimeTest
{
    [Fact]
    public async Task Terminating_stops_all_actors_and_completes_WhenTerminated()
    {
        var system = New();
        var stopped = new TaskCompletionSource();
        system.ActorOf(Props.Create(() => new StopsLast(stopped)));
        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate().WaitAsync(Patience);
        Assert.True(stopped.Task.IsCompleted);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Terminating_twice_is_terminating_once()
    {
        var system = New();
        await Task.WhenAll(system.Terminate(), system.Terminate()).WaitAsync(Patience);
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task Termination_callbacks_run_last_added_first()
    {
        var system = New();
        var order = new List<int>();
        system.RegisterOnTermination(() => order.Add(1));
        system.RegisterOnTermination(() => order.Add(2));
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal([2, 1], order);
    }

    [Fact]
    public async Task A_terminated_system_creates_no_actor()
    {
        var system = New();
        await system.Terminate().WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Puppet.Recipe(NewProbe())));
    }

    [Fact]
    public async Task An_escalation_that_reaches_the_root_ends_the_system()
    {
        var system = ActorSystem.Create("doomed", ConfigurationFactory.ParseString($$"""
            akka { loglevel = OFF, stdout-loglevel = OFF }
            akka.actor.guardian-supervisor-strategy = "{{typeof(EscalatingStrategy).AssemblyQualifiedName}}"
            """));
        var log = NewProbe();
        var a = system.ActorOf(Puppet.Recipe(log), "a");
        a.Fail("fatal");
        await system.WhenTerminated.WaitAsync(Patience);
        await log.Expect("a constructor", "a PreStart", "a PostStop");
    }

    [Fact]
    public async Task The_guardian_takes_the_strategy_it_is_configured_with()
    {
        var system = ActorSystem.Create("strict", ConfigurationFactory.ParseString("""
            akka { loglevel = OFF, stdout-loglevel = OFF }
            akka.actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy"
            """));
        var log = NewProbe();
        system.ActorOf(Puppet.Recipe(log), "a").Fail("x");
        await log.Expect("a constructor", "a PreStart", "a PostStop");
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public void A_name_that_is_no_word_is_refused() =>
        Assert.Throws<ArgumentException>(() => ActorSystem.Create("not a name"));

    [Fact]
    public void Uptime_grows_from_the_start()
    {
        var before = Sys.Uptime;
        Assert.True(before >= TimeSpan.Zero);
        Assert.True(Sys.Uptime >= before);
        Assert.Equal("test", Sys.Name);
        Assert.Equal("akka://test", Sys.ToString());
    }

    [Fact]
    public async Task Every_extension_is_made_once()
    {
        var made = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Sys.WithExtension<Counted, CountedProvider>())));
        Assert.Single(made.Distinct());
        Assert.Same(made[0], Sys.GetExtension<Counted>());
        Assert.True(Sys.HasExtension<Counted>());
        Assert.True(Sys.TryGetExtension<Counted>(out var found));
        Assert.Same(made[0], found);
    }

    [Fact]
    public void An_extension_nobody_registered_is_not_there() => Assert.False(Sys.HasExtension<Counted>());

    [Fact]
    public async Task A_system_stops_the_actors_it_created()
    {
        var log = NewProbe();
        var a = NewPuppet(NewProbe(), "a");
        await log.Watch(a);
        Sys.Stop(a);
        await log.ExpectTerminated(a);
    }

    [Fact]
    public async Task A_configuration_overrides_the_defaults()
    {
        var system = ActorSystem.Create("set", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, mine = 7, actor.default-dispatcher.throughput = 3 }"));
        Assert.Equal(7, system.Settings.Config.GetInt("akka.mine"));
        Assert.Equal(3, system.Settings.Config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal(TimeSpan.FromMilliseconds(10), system.Settings.Config.GetTimeSpan("akka.scheduler.tick-duration"));
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task Disposing_terminates()
    {
        var system = New();
        using (system)
            system.ActorOf(Puppet.Recipe(NewProbe()), "a");
        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_actor_with_a_thread_of_its_own_may_block_it()
    {
        var system = ActorSystem.Create("pinned", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF }\nmine { type = PinnedDispatcher }"));
        var log = NewProbe();
        using var gate = new SemaphoreSlim(0);
        var blocked = system.ActorOf(Puppet.Recipe(NewProbe()).WithDispatcher("mine"));
        blocked.Do(_ => gate.Wait(Patience));
        system.ActorOf(Puppet.Recipe(log), "free").Tell("alive");
        await log.Expect("free constructor", "free PreStart", "alive");
        gate.Release();
        await system.Terminate().WaitAsync(Patience);
    }

    private static ActorSystem New() => ActorSystem.Create("other", "akka { loglevel = OFF, stdout-loglevel = OFF }");

    public sealed class EscalatingStrategy : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }

    private sealed class Counted : IExtension;

    private sealed class CountedProvider : ExtensionIdProvider<Counted>
    {
        public override Counted CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class StopsLast(TaskCompletionSource stopped) : UntypedActor
    {
        protected override void PostStop() => stopped.TrySetResult();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
