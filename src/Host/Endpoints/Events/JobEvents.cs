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
                : new EventStream(jobs, time, to => TellAsync(job, told, to));
        }

        return (await events.ListenAsync(job.Id, previews, aborted)).Failed(out var problem, out var listening)
            ? new ProblemResult(problem)
            : new EventStream(jobs, time, to => FollowAsync(job.Id, listening, told, previews, to));
    }

    private async Task FollowAsync(JobId id, EventSubscription listening, Told told, bool previews, EventWriter to)
    {
        try
        {
            while (await jobs.FindAsync(id, to.Over) is { ExpiredAt: null } job)
            {
                told = await TellAsync(job, told, to);
                if (job.HasEnded)
                {
                    return;
                }

                Backlog? backlog;
                while ((backlog = await to.NextAsync(listening)) is { Gap: Gap.None })
                {
                    if (await TellAsync(backlog, told, to) is not { } now)
                    {
                        return;
                    }

                    told = now;
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
        finally
        {
            listening.Dispose();
        }
    }

    private async Task<Told> TellAsync(Job job, Told told, EventWriter to)
    {
        if (job.Version == told.Version)
        {
            return told;
        }

        var body = await answers.StatusBodyAsync(job, to.Over);
        to.Write(EventFrames.Of(job.Phase, body), Id(job.Version));
        await to.FlushAsync();
        return new Told(job.Version, job.Attempts.Length, body.ProgressPercentage);
    }

    /// <returns>Null when the job's end was told.</returns>
    private static async Task<Told?> TellAsync(Backlog backlog, Told told, EventWriter to)
    {
        Told? after = told;
        foreach (var (what, _) in backlog.Occurrences)
        {
            if (after is not { } before || !before.IsNews(what, out var now))
            {
                continue;
            }

            var change = what as LiveEvents.JobChanged;
            to.Write(EventFrames.Of(what), change is null ? null : Id(change.Version));
            after = change is { HasEnded: true } ? null : now;
        }

        await to.FlushAsync();
        return after;
    }

    private static string Id(int version) => version.ToString(CultureInfo.InvariantCulture);
}
