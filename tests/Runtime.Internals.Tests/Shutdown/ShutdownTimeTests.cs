using Akka;
using Akka.Actor;
using Akka.Configuration;

namespace AkkaComfy.Runtime.Internals.Tests.Shutdown;

/// <summary>The shutdown's clock, and tasks of every bad manner.</summary>
public sealed class ShutdownTimeTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _system = ActorSystem.Create(
        "shutdown",
        ConfigurationFactory.ParseString("""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.coordinated-shutdown.default-phase-timeout = 200ms
            """));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Soon);

    private CoordinatedShutdown Shutdown => CoordinatedShutdown.Get(_system);

    [Fact]
    public async Task A_task_that_throws_before_it_is_a_task_does_not_stop_the_shutdown()
    {
        Shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "throws", () => throw new InvalidOperationException());

        await Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Soon);

        Assert.True(_system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_task_that_blocks_its_thread_holds_nothing_up()
    {
        using var never = new ManualResetEventSlim();
        Shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "blocks", () =>
        {
            never.Wait(Soon);
            return Task.FromResult(Done.Instance);
        });

        await Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Soon);

        Assert.False(never.IsSet);
        never.Set();
    }

    [Fact]
    public async Task A_shutdown_of_a_system_that_has_ended_ends()
    {
        await _system.Terminate().WaitAsync(Soon);

        await Shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Soon);
    }

    [Fact]
    public void The_system_cannot_terminate_through_a_shutdown_that_leaves_it_running()
    {
        var config = ConfigurationFactory.ParseString("""
            akka.stdout-loglevel = OFF
            akka.coordinated-shutdown.terminate-actor-system = off
            """);
        using var system = ActorSystem.Create("contradiction", config);

        Assert.Throws<ConfigurationException>(() => CoordinatedShutdown.Get(system));
    }
}
