using System.Globalization;
using AkkaComfy.Core.Events;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Events;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>The stream of one job: how it is, then what happens to it, and its end, with which the stream ends.</summary>
/// <remarks>
/// Listening comes before looking, so nothing falls between the two; to resume is the same, and so is to go on after the
/// hub restarted or this client was too slow for it: listen, look, tell what is news, follow.
/// </remarks>
internal sealed class JobEvents(JobsGateway jobs, EventsGateway events, JobAnswers answers, TimeProvider time)
{
    /// <param name="heard">The version of which the client knows; 0 for none.</param>
    public async Task<IResult> AnswerAsync(Job job, int heard, bool previews, CancellationToken aborted)
    {
        var told = new Told(heard, 0, 0);
        if (job.HasEnded)
        {
            // A browser comes back when a stream has ended: no content tells it to stop.
            return job.Version <= heard
                ? Results.NoContent()
                : new EventStream(listening: null, to => TellAsync(job, told, to), time, jobs.Leaving);
        }

        return (await events.ListenAsync(job.Id, previews, aborted)).Failed(out var problem, out var listening)
            ? new ProblemResult(problem)
            : new EventStream(listening, to => FollowAsync(job.Id, listening, told, previews, to), time, jobs.Leaving);
    }

    private async Task FollowAsync(JobId id, EventSubscription listening, Told told, bool previews, EventWriter to)
    {
        try
        {
            while (await jobs.FindAsync(id, to.Over) is { ExpiredAt: null } job)
            {
                told = await WriteAsync(job, told, to);
                await to.FlushAsync();
                var hasEnded = job.HasEnded;
                Backlog? backlog = null;
                while (!hasEnded && (backlog = await to.NextAsync(listening)) is { Gap: Gap.None })
                {
                    hasEnded = Write(backlog, ref told, to);
                    await to.FlushAsync();
                }

                if (hasEnded)
                {
                    return;
                }

                if (backlog is null)
                {
                    listening.Dispose();
                    if ((await events.ListenAsync(id, previews, to.Over)).Failed(out _, out var again))
                    {
                        // Full: the client comes back and is told so.
                        return;
                    }

                    listening = again;
                }
            }
        }
        catch (OperationCanceledException) when (to.IsLeaving)
        {
            await TellLastAsync(id, told, to.Last);
        }
        finally
        {
            listening.Dispose();
        }
    }

    /// <summary>The service leaves once the last end is recorded; that may be this job's, and still be on its way here.</summary>
    private async Task TellLastAsync(JobId id, Told told, EventWriter to)
    {
        if (await jobs.FindAsync(id, to.Over) is { HasEnded: true, ExpiredAt: null } job)
        {
            await TellAsync(job, told, to);
        }
    }

    private async Task TellAsync(Job job, Told told, EventWriter to)
    {
        await WriteAsync(job, told, to);
        await to.FlushAsync();
    }

    private async Task<Told> WriteAsync(Job job, Told told, EventWriter to)
    {
        if (job.Version == told.Version)
        {
            return told;
        }

        var body = await answers.StatusBodyAsync(job, to.Over);
        to.Write(EventFrames.Of(job.Phase, body), Id(job.Version));
        return new Told(job.Version, job.Attempts.Length, body.ProgressPercentage);
    }

    /// <returns>Whether the job's end was among it.</returns>
    private static bool Write(Backlog backlog, ref Told told, EventWriter to)
    {
        foreach (var (what, _) in backlog.Occurrences)
        {
            if (!told.IsNews(what, out var now))
            {
                continue;
            }

            var change = what as LiveEvents.JobChanged;
            to.Write(EventFrames.Of(what), change is null ? null : Id(change.Version));
            told = now;
            if (change is { HasEnded: true })
            {
                return true;
            }
        }

        return false;
    }

    private static string Id(int version) => version.ToString(CultureInfo.InvariantCulture);
}
