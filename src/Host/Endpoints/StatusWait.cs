using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>Long polls: holds a request until its job is news to the client, and no longer than it wants to wait.</summary>
/// <remarks>
/// A job is news by its recorded version: progress alone is not recorded and wakes nobody, so that versions never go
/// back, not even over a restart. While it waits, a request costs neither a thread nor the store anything.
/// </remarks>
internal sealed class StatusWait(JobsGateway gateway, TimeProvider time)
{
    /// <summary>A wait is renewed this often, so that an answer lost with a restarted actor costs seconds.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <returns>The job as it is when the wait is over; null when it was deleted meanwhile.</returns>
    public async Task<Job?> ForNewsAsync(Job job, StatusQuery query, CancellationToken aborted)
    {
        var (since, began) = (query.Since ?? job.Version, time.GetTimestamp());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, gateway.Closing);
        var now = job;
        while (now is { HasEnded: false } && now.Version <= since && !gateway.IsClosed)
        {
            var left = query.Wait - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            await AwaitAsync(job.Id, since, left < Turn ? left : Turn, over.Token, aborted);
            now = await gateway.FindAsync(job.Id, aborted);
        }

        return now;
    }

    private async Task AwaitAsync(
        JobId id, int since, TimeSpan atMost, CancellationToken over, CancellationToken aborted)
    {
        try
        {
            await gateway.AwaitChangeAsync(id, since, atMost, over);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The service stops: the client is told what there is now.
        }
    }
}
