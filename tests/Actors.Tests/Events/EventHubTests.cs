using Akka.Streams;
using AkkaComfy.Actors.Events;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Core.Events;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Events;

public sealed class EventHubTests
{
    [Fact]
    public async Task A_listener_that_does_not_read_delays_nobody_and_finds_every_step_and_the_latest_progress()
    {
        const int Steps = 50;
        await using var hub = new AHub();
        var (slow, fast) = (await hub.ListenAsync(), await hub.ListenAsync());

        for (var step = 1; step <= Steps; step++)
        {
            hub.Publish(hub.Changed(step));
            hub.Publish(hub.Progressed(step));
            // Read as it comes, so that nothing waits for the other.
            await UntilAsync(fast, what => what is LiveEvents.JobProgressed { Progress.Percentage: var it } && it == step);
        }

        hub.Publish(hub.Ended(Steps + 1));
        var heard = await AHub.ToEndAsync(slow.Heard);

        Assert.Equal(
            Enumerable.Range(1, Steps + 1), heard.OfType<LiveEvents.JobChanged>().Select(change => change.Version));
        var progress = heard.OfType<LiveEvents.JobProgressed>().Select(it => it.Progress.Percentage).ToList();
        Assert.Equal(Steps, progress[^1]);
        Assert.InRange(progress.Count, 1, 5);
    }

    [Fact]
    public async Task A_listener_that_falls_too_far_behind_is_told_so_and_another_is_not()
    {
        await using var hub = new AHub(backlog: 8);
        var (slow, fast) = (await hub.ListenAsync(), await hub.ListenAsync());

        for (var step = 1; step <= 100; step++)
        {
            hub.Publish(hub.Changed(step));
            await UntilAsync(fast, what => what is LiveEvents.JobChanged change && change.Version == step);
        }

        Assert.True(await IsToldAsync(slow));
    }

    [Fact]
    public async Task Who_comes_back_hears_what_it_missed_while_that_is_remembered()
    {
        await using var hub = new AHub(remembered: 5);
        var start = (await hub.ListenToAllAsync()).At;
        Enumerable.Range(1, 4).ToList().ForEach(step => hub.Publish(hub.Changed(step)));

        var missed = (await hub.ListenToAllAsync(start with { Number = 1 })).Missed;
        hub.Publish(hub.Changed(5));
        hub.Publish(hub.Changed(6));
        var tooLate = await hub.ListenToAllAsync(start);
        var filtered = await hub.ListenToAllAsync(
            start with { Number = 3 }, new EventFilter(Workflow: new WorkflowName("another")));
        var stranger = await hub.ListenToAllAsync(new StreamPosition("00000000", 6));

        Assert.Equal([2, 3, 4], missed!.Value.Select(occurrence => occurrence.Number));
        Assert.Null(tooLate.Missed);
        Assert.Equal(6, tooLate.At.Number);
        Assert.Empty(filtered.Missed!.Value);
        Assert.Null(stranger.Missed);
    }

    [Fact]
    public async Task More_listeners_than_allowed_are_refused_until_one_leaves()
    {
        await using var hub = new AHub(maxListeners: 1);
        using var leaving = new CancellationTokenSource();
        await hub.ListenAsync(until: leaving.Token);

        var refused = Assert.IsType<Listening.Refused>(await hub.TryListenAsync());
        await leaving.CancelAsync();

        Assert.Equal(RefusalReason.TooManyListeners, refused.Why.Reason);
        Assert.Contains("MAX_EVENT_LISTENERS is 1", refused.Why.Message, StringComparison.Ordinal);
        using var limit = new CancellationTokenSource(AHub.Patience);
        while (await hub.TryListenAsync() is Listening.Refused)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task More_who_want_previews_than_allowed_are_refused_and_others_are_not()
    {
        await using var hub = new AHub(maxPreviewers: 1);
        await hub.ListenAsync(previews: true);

        var refused = Assert.IsType<Listening.Refused>(await hub.TryListenAsync(previews: true));

        Assert.Equal(RefusalReason.TooManyListeners, refused.Why.Reason);
        Assert.Contains("leave previews out", refused.Why.Message, StringComparison.Ordinal);
        await hub.ListenAsync();
    }

    [Fact]
    public async Task Previews_reach_the_hub_only_while_somebody_listens_for_any()
    {
        await using var hub = new AHub();
        var plain = await hub.ListenAsync();
        Assert.False(hub.StopPreviews());

        using var leaving = new CancellationTokenSource();
        var previewing = await hub.ListenAsync(previews: true, leaving.Token);
        hub.Publish(hub.Previewed());
        hub.Publish(hub.Ended(2));

        Assert.Single((await AHub.ToEndAsync(previewing.Heard)).OfType<LiveEvents.JobPreviewed>());
        Assert.Single(await AHub.ToEndAsync(plain.Heard));
        await leaving.CancelAsync();
        await VirtualTime.EventuallyAsync(hub.StartPreviews, "it takes none any more");
    }

    [Fact]
    public async Task A_hub_that_restarts_ends_every_stream_and_numbers_anew()
    {
        await using var hub = new AHub();
        var (job, all) = (await hub.ListenAsync(), await hub.ListenToAllAsync());
        hub.Publish(hub.Changed(1));
        Assert.NotNull(await AHub.NextAsync(all.Heard));

        hub.Publish(AHub.Nonsense());
        await VirtualTime.EventuallyAsync(
            () => job.HubEnds.IsCancellationRequested && all.HubEnds.IsCancellationRequested, "the hub restarts");
        var again = await hub.ListenToAllAsync(all.At with { Number = 1 });
        hub.Publish(hub.Changed(2));

        Assert.NotEqual(all.At.Epoch, again.At.Epoch);
        Assert.Null(again.Missed);
        Assert.Equal(1, (await AHub.NextAsync(again.Heard))!.Last);
    }

    [Fact]
    public async Task When_the_supervisor_has_recovered_everybody_is_told_to_look()
    {
        await using var hub = new AHub();
        var (job, all) = (await hub.ListenAsync(), await hub.ListenToAllAsync());

        hub.Publish(AHub.Recovered());

        Assert.Equal(Gap.Recovery, (await AHub.NextAsync(job.Heard))!.Gap);
        Assert.Equal(Gap.Recovery, (await AHub.NextAsync(all.Heard))!.Gap);
    }

    [Fact]
    public async Task Who_resumes_from_before_a_recovery_is_told_to_look_and_from_after_it_goes_on()
    {
        await using var hub = new AHub();
        var before = await hub.ListenToAllAsync();

        hub.Publish(AHub.Recovered());
        var at = before.At with { Number = (await AHub.NextAsync(before.Heard))!.Last };
        hub.Publish(hub.Changed(1));

        Assert.Null((await hub.ListenToAllAsync(before.At)).Missed);
        Assert.Single((await hub.ListenToAllAsync(at)).Missed!.Value);
    }

    private static async Task UntilAsync(Listening.Joined listening, Predicate<LiveEvents.IEvent> isExpected)
    {
        while (true)
        {
            var backlog = (await AHub.NextAsync(listening.Heard))!;
            Assert.Equal(Gap.None, backlog.Gap);
            if (backlog.Occurrences.Any(occurrence => isExpected(occurrence.What)))
            {
                return;
            }
        }
    }

    /// <summary>By a backlog that says so, or by the end of the stream.</summary>
    private static async Task<bool> IsToldAsync(Listening.Joined listening)
    {
        try
        {
            for (var backlogs = 0; backlogs < 4; backlogs++)
            {
                if (await AHub.NextAsync(listening.Heard) is { Gap: Gap.Overflow })
                {
                    return true;
                }
            }

            return false;
        }
        catch (BufferOverflowException)
        {
            return true;
        }
    }
}
