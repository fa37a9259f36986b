using Akka.Actor;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host;

/// <summary>On shutdown, before the web server stops listening: admits nothing more, lets the rest finish.</summary>
internal sealed partial class Drain(
    JobsGateway gateway, Emergency emergency, ServiceSettings settings, TimeProvider time, ILogger<Drain> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        gateway.Close();
        if (emergency.IsDeclared)
        {
            return;
        }

        using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        grace.CancelAfter(settings.ShutdownGrace);
        try
        {
            using var looks = new PeriodicTimer(LookEvery, time);
            while (await gateway.FleetAsync(grace.Token) is { ActiveJobs: > 0 } or { PendingJobs: > 0 })
            {
                await looks.WaitForNextTickAsync(grace.Token);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or AskTimeoutException)
        {
            LogGivenUp(settings.ShutdownGrace.TotalSeconds);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Jobs are left unfinished after {Seconds} s (SHUTDOWN_GRACE)")]
    private partial void LogGivenUp(double seconds);
}
