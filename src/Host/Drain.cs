using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Settings;
using AkkaComfy.Messages;

namespace AkkaComfy.Host;

/// <summary>On shutdown, before the web server stops listening: admits nothing more, lets what runs finish.</summary>
internal sealed partial class Drain(
    JobsGateway gateway, Emergency emergency, ServiceSettings settings, TimeProvider time, ILogger<Drain> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        gateway.Close();
        if (!emergency.IsDeclared)
        {
            await GiveGraceAsync(cancellationToken);
        }

        gateway.Leave();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task GiveGraceAsync(CancellationToken cancellationToken)
    {
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        grace.CancelAfter(settings.ShutdownGrace);
        try
        {
            using var looks = new PeriodicTimer(LookEvery, time);
            while (await IsBusyAsync(grace.Token))
            {
                await looks.WaitForNextTickAsync(grace.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogGivenUp(settings.ShutdownGrace.TotalSeconds);
        }
    }

    private async Task<bool> IsBusyAsync(CancellationToken grace)
    {
        try
        {
            return await HasWorkAsync(grace);
        }
        catch (AskTimeoutException)
        {
            // A supervisor that is late, or restarts, takes nothing from the time that running jobs were given.
            return true;
        }
    }

    /// <summary>Jobs that wait outlive the process where they are kept; where they are not, they too get the time.</summary>
    private async Task<bool> HasWorkAsync(CancellationToken grace) => settings.JobStore == JobStoreKind.Memory
        ? await gateway.FleetAsync(grace) is { ActiveJobs: > 0 } or { PendingJobs: > 0 }
        // Asked at every look: a supervisor that was restarted since knows nothing of it.
        : await gateway.HoldQueueAsync(grace) is { ActiveJobs: > 0 } || await HasUnrecordedEndsAsync(grace);

    /// <summary>No instance runs these jobs any more, but who waits for them is told only what is recorded.</summary>
    private async Task<bool> HasUnrecordedEndsAsync(CancellationToken grace) =>
        (await gateway.CountAsync(grace)).Any(count => count.Group.Phase == JobPhase.Processing);

    [LoggerMessage(LogLevel.Warning, "Jobs are left unfinished after {Seconds} s (SHUTDOWN_GRACE)")]
    private partial void LogGivenUp(double seconds);
}
