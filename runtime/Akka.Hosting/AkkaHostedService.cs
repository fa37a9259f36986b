using Microsoft.Extensions.Hosting;

namespace Akka.Hosting;

/// <summary>Starts the actor system with the host, and ends each when the other ends.</summary>
public class AkkaHostedService(
    AkkaConfigurationBuilder configurationBuilder,
    IServiceProvider serviceProvider,
    ILogger<AkkaHostedService> logger,
    IHostApplicationLifetime? applicationLifetime = null) : IHostedService
{
    private CoordinatedShutdown? _shutdown;

    public virtual async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var system = serviceProvider.GetRequiredService<ActorSystem>();
            _shutdown = CoordinatedShutdown.Get(system);
            await configurationBuilder.StartAsync(system);
            _ = StopHostWithSystem(system);
        }
        catch (Exception failure)
        {
            logger.LogCritical(failure, "Unable to start the actor system; stopping the application");
            if (applicationLifetime is null) throw;
            applicationLifetime.StopApplication();
        }
    }

    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_shutdown is not null) await _shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
    }

    private async Task StopHostWithSystem(ActorSystem system)
    {
        await system.WhenTerminated;
        applicationLifetime?.StopApplication();
    }
}
