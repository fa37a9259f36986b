using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Submission;

/// <summary>Waits for a job on behalf of a sync caller.</summary>
internal sealed class SyncWait(JobsGateway gateway, ServiceSettings settings, TimeProvider time)
{
    /// <summary>A wait is renewed this often, so that an answer lost with a restarted actor costs seconds.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <returns>The ended job, or why the wait is over.</returns>
    /// <param name="timeout">Of one execution; null for the service's own.</param>
    public async Task<Try<Job>> ForEndAsync(JobId id, TimeSpan? timeout, CancellationToken hungUp)
    {
        var began = time.GetUtcNow();
        var execution = timeout ?? settings.ExecutionTimeout;
        while (true)
        {
            hungUp.ThrowIfCancellationRequested();
            var job = await gateway.FindAsync(id, hungUp);
            if (job is null or { HasEnded: true })
            {
                return job is null ? ProblemMapping.DeletedSince(id) : job;
            }

            var left = SyncDeadline.Left(job, began, settings, execution, time.GetUtcNow());
            if (left <= TimeSpan.Zero)
            {
                return ProblemMapping.SyncTimeout(id);
            }

            // What is recorded as waiting may be on its way to an instance: only the end of the grace decides.
            if (gateway.Leaving.IsCancellationRequested)
            {
                return settings.JobStore == JobStoreKind.Memory ? ProblemMapping.Lost : ProblemMapping.LeftBehind(id);
            }

            if (await AwaitEndAsync(id, left < Turn ? left : Turn, hungUp) is Jobs.Refused refused)
            {
                return refused.Why.Reason == RefusalReason.UnknownJob
                    ? ProblemMapping.DeletedSince(id)
                    : ProblemMapping.From(refused.Why);
            }
        }
    }

    private async Task<Jobs.IReply?> AwaitEndAsync(JobId id, TimeSpan atMost, CancellationToken hungUp)
    {
        var leaving = gateway.Leaving;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(leaving, hungUp);
        try
        {
            return await gateway.AwaitEndAsync(id, atMost, over.Token);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !hungUp.IsCancellationRequested)
        {
            return null;
        }
    }
}
