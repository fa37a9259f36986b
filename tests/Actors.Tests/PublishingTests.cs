using System.Threading.Channels;
using Akka.Actor;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>What the event stream hears of jobs and instances.</summary>
public sealed class PublishingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Every_step_of_a_job_is_published_once_and_in_order()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var heard = tree.Listen();
        var id = await tree.SubmitAsync();
        tree.Instances[0].Finish((await Tree.SubmissionAsync(tree.Instances[0])).PromptId);

        var steps = await StepsAsync(heard, JobStep.Completed);

        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.Version));
        Assert.Equal(JobStep.Submitted, steps[0].Step);
        Assert.Equal(JobStep.Dispatched, steps[1].Step);
        Assert.All(steps, step => Assert.Equal(id, step.JobId));
        Assert.Equal(
            steps.Select(step => (JobPhase?)step.Phase).SkipLast(1).Prepend(null), steps.Select(step => step.Before));
        var end = steps[^1];
        Assert.Equal((1, tree.Instances[0].Endpoint.Id), (end.Attempt, end.On?.Value));
        Assert.True(end.CreatedAt <= end.DispatchedAt && end.DispatchedAt <= end.EndedAt);
    }

    [Fact]
    public async Task Progress_that_nobody_has_taken_yet_is_replaced_and_not_sent_again()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var heard = tree.Listen<Latest<LiveEvents.JobProgressed>>();
        using var limit = new CancellationTokenSource(Patience);
        var id = await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);

        await ProgressAsync(10, 20, 30);
        Assert.Equal(30, (await heard.ReadAsync(limit.Token)).Take()?.Progress.Percentage);
        await ProgressAsync(40);
        Assert.Equal(40, (await heard.ReadAsync(limit.Token)).Take()?.Progress.Percentage);

        Assert.False(heard.TryRead(out _));

        async Task ProgressAsync(params int[] percentages)
        {
            foreach (var percentage in percentages)
            {
                tree.Jobs.Tell(new Executions.Progressed(id, 1, new JobProgress(percentage, null)), ActorRefs.NoSender);
            }

            // Answered once all of it has been heard.
            await tree.FleetAsync();
        }
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_published_and_the_restart_is()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(instances: 1, store: store);
        var heard = tree.Listen();
        await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(tree.Instances[0]);
        var failures = 0;
        store.Fails = batch => batch.Any(commit => commit.After.HasEnded) && Interlocked.Increment(ref failures) == 1;

        tree.Instances[0].Finish(prompt.PromptId);
        var events = await UntilAsync(heard, IsEnd);

        Assert.Single(events, IsEnd);
        var recovered = events.FindIndex(happened => happened is LiveEvents.Recovered);
        Assert.InRange(recovered, 0, events.FindIndex(IsEnd));
    }

    [Fact]
    public async Task What_is_recorded_while_the_supervisor_restarts_is_published_once_it_is_and_not_before()
    {
        await using var store = new ScriptedStore();
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxConcurrentJobs = 1 }, store);
        var running = await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        var waiting = await tree.SubmitAsync();
        store.Fails = batch => batch.Any(commit => commit.Events is [Messages.Jobs.CancelRequested]);
        store.Commits.IsShut = true;
        var failing = tree.CancelAsync(running);
        await VirtualTime.EventuallyAsync(() => store.Commits.Held > 0, "the first cancel is being recorded");
        var heard = tree.Listen();

        // Queued behind the cancel whose failure restarts the supervisor.
        var cancel = tree.CancelAsync(waiting);
        await tree.FleetAsync();
        Assert.DoesNotContain(HeardSoFar(heard), happened => happened is LiveEvents.JobChanged);
        store.Commits.Open();

        var events = await UntilAsync(heard, happened => happened is LiveEvents.Recovered);
        var change = Assert.Single(events.OfType<LiveEvents.JobChanged>());
        Assert.Equal((waiting, JobStep.Cancelled), (change.JobId, change.Step));
        Assert.IsType<Messages.Jobs.Refused>(await failing);
        Assert.IsType<Messages.Jobs.CancelAccepted>(await cancel);
    }

    [Fact]
    public async Task A_drained_instance_is_published_as_one()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var heard = tree.Listen();

        await tree.DrainAsync(tree.Instances[0].Endpoint.Id);

        await UntilAsync(heard, happened =>
            happened is LiveEvents.InstanceChanged { Now.State: InstanceState.Draining });
    }

    private static bool IsEnd(LiveEvents.IEvent happened) =>
        happened is LiveEvents.JobChanged { Step: JobStep.Completed };

    private static IEnumerable<LiveEvents.IEvent> HeardSoFar(ChannelReader<LiveEvents.IEvent> heard)
    {
        while (heard.TryRead(out var happened))
        {
            yield return happened;
        }
    }

    private static async Task<List<LiveEvents.JobChanged>> StepsAsync(
        ChannelReader<LiveEvents.IEvent> heard, JobStep last)
    {
        var events = await UntilAsync(heard, happened => happened is LiveEvents.JobChanged change && change.Step == last);
        return [.. events.OfType<LiveEvents.JobChanged>()];
    }

    private static async Task<List<LiveEvents.IEvent>> UntilAsync(
        ChannelReader<LiveEvents.IEvent> heard, Predicate<LiveEvents.IEvent> isLast)
    {
        using var limit = new CancellationTokenSource(Patience);
        var events = new List<LiveEvents.IEvent>();
        do
        {
            events.Add(await heard.ReadAsync(limit.Token));
        }
        while (!isLast(events[^1]));
        return events;
    }
}
