using System.Collections.Concurrent;
using Akka;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaComfy.Runtime.Tests.Hosting;

public sealed class HostLifetimeTests
{
    [Fact]
    public async Task The_system_has_the_name_given()
    {
        using var host = await HostedSystem.Start(_ => { });

        Assert.Equal("hosted", host.System().Name);
        await host.StopAsync();
    }

    [Fact]
    public async Task Actors_are_started_with_the_host_and_in_order()
    {
        var order = new ConcurrentQueue<string>();

        using var host = await HostedSystem.Start(builder => builder
            .WithActors((_, _) => order.Enqueue("first"))
            .WithActors(async (_, _) =>
            {
                await Task.Yield();
                order.Enqueue("second");
            })
            .WithActors((_, _, _) => order.Enqueue("third"))
            .AddStartup((_, _) => order.Enqueue("startup")));

        Assert.Equal(["first", "second", "third", "startup"], order);
        await host.StopAsync();
    }

    [Fact]
    public async Task Stopping_the_host_runs_the_coordinated_shutdown()
    {
        var ran = false;
        using var host = await HostedSystem.Start(builder => builder.AddStartup((system, _) =>
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "note", () =>
            {
                ran = true;
                return Task.FromResult(Done.Instance);
            })));
        var system = host.System();

        await host.StopAsync().WaitAsync(HostedSystem.Soon);

        Assert.True(ran);
        await system.WhenTerminated.WaitAsync(HostedSystem.Soon);
    }

    [Fact]
    public async Task Stopping_the_host_stops_the_actors()
    {
        var diary = new ConcurrentQueue<string>();
        using var host = await HostedSystem.Start(builder => builder.WithActors(
            (system, _) => system.ActorOf(Props.Create(() => new Diarist(diary, "a")))));

        await host.StopAsync().WaitAsync(HostedSystem.Soon);

        Assert.Equal(["a starts", "a stops"], diary);
    }

    [Fact]
    public async Task A_system_that_terminates_by_itself_stops_the_host()
    {
        using var host = await HostedSystem.Start(_ => { });
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await host.System().Terminate().WaitAsync(HostedSystem.Soon);

        await stopping.Task.WaitAsync(HostedSystem.Soon);
        await host.StopAsync();
    }
}
