using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaComfy.Runtime.Tests.Hosting;

public sealed class ServicesTests
{
    private static void AddGreeting(IServiceCollection services) => services.AddSingleton(new Greeting("Hello"));

    [Fact]
    public async Task An_actor_gets_services_and_arguments_in_its_constructor()
    {
        using var host = await HostedSystem.Start(
            (builder, _) => builder.WithActors((system, registry, resolver) =>
                registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>("world"), "greeter"))),
            AddGreeting);

        var greeter = host.Services.GetRequiredService<IRequiredActor<Greeter>>().ActorRef;

        Assert.Equal("Hello, world", await greeter.Ask<string>("hi", HostedSystem.Soon));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_restarted_actor_gets_its_services_again()
    {
        using var host = await HostedSystem.Start(
            (builder, _) => builder.WithActors((system, registry, resolver) =>
                registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>("world")))),
            AddGreeting);
        var greeter = host.Services.GetRequiredService<ActorRegistry>().Get<Greeter>();

        greeter.Tell("fail");

        Assert.Equal("Hello, world", await greeter.Ask<string>("hi", HostedSystem.Soon));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_resolver_of_the_system_finds_services()
    {
        using var host = await HostedSystem.Start((_, _) => { }, AddGreeting);
        var resolver = DependencyResolver.For(host.System());

        Assert.Same(host.Services.GetRequiredService<Greeting>(), resolver.Resolver.GetService<Greeting>());
        Assert.NotNull(resolver.Props<Greeter>("x"));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_configuration_may_use_services()
    {
        string? seen = null;

        using var host = await HostedSystem.Start(
            (_, provider) => seen = provider.GetRequiredService<Greeting>().Word, AddGreeting);

        Assert.Equal("Hello", seen);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_required_actor_is_awaited_until_it_is_registered()
    {
        using var host = await HostedSystem.Start(_ => { });
        var required = host.Services.GetRequiredService<IRequiredActor<Echo>>();
        Assert.Throws<MissingActorRegistryEntryException>(() => required.ActorRef);
        var waiting = required.GetAsync();

        var echo = host.System().ActorOf(Props.Create(() => new Echo()));
        ActorRegistry.For(host.System()).Register<Echo>(echo);

        Assert.Equal(echo, await waiting.WaitAsync(HostedSystem.Soon));
        Assert.Equal(echo, required.ActorRef);
        await host.StopAsync();
    }

    [Fact]
    public async Task The_registry_is_a_service()
    {
        using var host = await HostedSystem.Start(_ => { });

        Assert.Same(ActorRegistry.For(host.System()), host.Services.GetRequiredService<ActorRegistry>());
        Assert.Same(ActorRegistry.For(host.System()), host.Services.GetRequiredService<IReadOnlyActorRegistry>());
        await host.StopAsync();
    }
}
