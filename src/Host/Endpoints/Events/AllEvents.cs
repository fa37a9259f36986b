using AkkaComfy.Core.Events;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Events;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>The stream of all jobs and instances.</summary>
/// <remarks>
/// It begins where the client left off if that is still known, and otherwise with a reset and how things are: every
/// instance, and every job that runs. It never ends by itself.
/// </remarks>
internal sealed class AllEvents(JobsGateway jobs, EventsGateway events, JobAnswers answers, TimeProvider time)
{
    /// <summary>What a slow client has to take before more is read for it.</summary>
    private const int JobsAtOnce = 100;

    /// <param name="heard">The last event that the client has heard; null for none.</param>
    public async Task<IResult> AnswerAsync(EventFilter filter, StreamPosition? heard, CancellationToken aborted) =>
        (await events.ListenAsync(filter, heard, aborted)).Failed(out var problem, out var listening)
            ? new ProblemResult(problem)
            : new EventStream(listening, to => FollowAsync(filter, listening, heard, to), time, jobs.Leaving);

    private async Task FollowAsync(EventFilter filter, EventSubscription listening, StreamPosition? heard, EventWriter to)
    {
        var told = new Dictionary<JobId, Told>();
        try
        {
            while (true)
            {
                var at = listening.At;
                await BeginAsync(filter, listening, heard, told, to);
                while (await to.NextAsync(listening) is { } backlog)
                {
                    at = at with { Number = Math.Max(at.Number, backlog.Last) };
                    if (backlog.Gap == Gap.None)
                    {
                        Tell(backlog.Occurrences, at.Epoch, told, to);
                        await to.FlushAsync();
                    }
                    else
                    {
                        await ResetAsync(backlog.Gap == Gap.Overflow ? "overflow" : "recovered", at, filter, told, to);
                    }
                }

                heard = at;
                listening.Dispose();
                if ((await events.ListenAsync(filter, heard, to.Over)).Failed(out _, out var again))
                {
                    // Full: the client comes back and is told so.
                    return;
                }

                listening = again;
            }
        }
        finally
        {
            listening.Dispose();
        }
    }

    private async Task BeginAsync(
        EventFilter filter, EventSubscription listening, StreamPosition? heard, Dictionary<JobId, Told> told, EventWriter to)
    {
        if (listening.Missed is { } missed)
        {
            Tell(missed, listening.At.Epoch, told, to);
            await TellInstancesAsync(filter, to);
            await to.FlushAsync();
        }
        else
        {
            var why = heard is null ? "connected" : heard.Value.Epoch == listening.At.Epoch ? "missed" : "restarted";
            await ResetAsync(why, listening.At, filter, told, to);
        }
    }

    private async Task ResetAsync(
        string why, StreamPosition at, EventFilter filter, Dictionary<JobId, Told> told, EventWriter to)
    {
        to.Write(EventFrames.Reset(why), at.ToString());
        await TellInstancesAsync(filter, to);
        told.Clear();
        var running = new JobFilter(JobPhase.Processing, filter.Workflow, filter.Instance);
        long? next = null;
        do
        {
            var page = await jobs.ListAsync(running, next, JobsAtOnce, to.Over);
            foreach (var (job, body) in page.Jobs.Zip(await answers.StatusBodiesAsync(page.Jobs, to.Over)))
            {
                told[job.Id] = new Told(job.Version, job.Attempts.Length, body.ProgressPercentage);
                to.Write(EventFrames.Of(job.Phase, body));
            }

            await to.FlushAsync();
            next = page.Next;
        }
        while (next is not null);
    }

    private async Task TellInstancesAsync(EventFilter filter, EventWriter to)
    {
        foreach (var instance in (await jobs.FleetAsync(to.Over)).Instances.Where(it => filter.Wants(it.Id)))
        {
            to.Write(EventFrames.Of(instance));
        }
    }

    /// <param name="told">The jobs of the snapshot; of others all is news, in the order in which it comes.</param>
    private static void Tell(
        IEnumerable<Occurrence> occurrences, string epoch, Dictionary<JobId, Told> told, EventWriter to)
    {
        foreach (var (what, number) in occurrences)
        {
            if (what is IWithJobId { JobId: var job } && told.TryGetValue(job, out var before))
            {
                if (!before.IsNews(what, out var now))
                {
                    continue;
                }

                told[job] = now;
                if (what is LiveEvents.JobChanged { HasEnded: true })
                {
                    told.Remove(job);
                }
            }

            to.Write(EventFrames.Of(what), number > 0 ? new StreamPosition(epoch, number).ToString() : null);
        }
    }
}
