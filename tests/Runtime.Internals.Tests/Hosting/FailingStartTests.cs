using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaComfy.Runtime.Internals.Tests.Hosting;

/// <summary>What the official runtime's documentation leaves open.</summary>
public sealed class FailingStartTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static IHost Build(Action<AkkaConfigurationBuilder> configure) => new HostBuilder()
        .ConfigureServices(services => services.AddAkka("failing", builder => configure(
            builder.AddHocon("akka.stdout-loglevel = OFF", HoconAddMode.Append))))
        .Build();

    [Fact]
    public async Task A_starter_that_fails_stops_the_host()
    {
        using var host = Build(builder => builder.WithActors((_, _) => throw new InvalidOperationException("no")));
        await host.StartAsync().WaitAsync(Soon);

        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();

        Assert.True(lifetime.ApplicationStopping.IsCancellationRequested);
        await host.StopAsync().WaitAsync(Soon);
    }

    [Fact]
    public void A_second_system_on_the_same_services_is_refused()
    {
        var services = new ServiceCollection();
        services.AddAkka("first", _ => { });

        Assert.Throws<NotSupportedException>(() => services.AddAkka("second", _ => { }));
    }
}
