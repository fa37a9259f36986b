using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests;

/// <summary>Waiting for a job to change.</summary>
public sealed class NewsTests
{
    [Fact]
    public async Task Many_who_wait_hear_of_a_change_and_it_is_recorded_then()
    {
        await using var tree = await Tree.StartAsync(instances: 1, fleet => fleet with { MaxConcurrentJobs = 1 });
        await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(tree.Instances[0]);
        var waiting = await tree.SubmitAsync();
        var polls = Enumerable.Range(0, 100).Select(_ => tree.ChangeOfAsync(waiting, since: 1)).ToList();

        tree.Instances[0].Finish(prompt.PromptId);

        Assert.All(await Task.WhenAll(polls), reply => Assert.IsType<Messages.Jobs.Changed>(reply));
        Assert.True((await tree.Store.FindAsync(waiting, CancellationToken.None))!.Version > 1);
    }

    [Fact]
    public async Task What_is_applied_but_not_recorded_is_no_news_yet()
    {
        var store = new FaultyStore();
        await using var tree = await Tree.StartAsync(
            instances: 1, fleet => fleet with { MaxConcurrentJobs = 1 }, store);
        await tree.SubmitAsync();
        await Tree.SubmissionAsync(tree.Instances[0]);
        var waiting = await tree.SubmitAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Gate = gate.Task;
        var cancel = tree.CancelAsync(waiting);
        await tree.FleetAsync();

        var news = tree.ChangeOfAsync(waiting, since: 1);
        await tree.ChangeOfAsync(waiting, since: 0);

        Assert.False(news.IsCompleted);
        gate.SetResult();
        Assert.IsType<Messages.Jobs.Changed>(await news);
        await cancel;
        Assert.Equal(JobPhase.Cancelled, (await tree.Store.FindAsync(waiting, CancellationToken.None))!.Phase);
    }

    [Fact]
    public async Task An_ended_job_is_always_news_and_an_unknown_one_is_refused()
    {
        await using var tree = await Tree.StartAsync(instances: 1);
        var id = await tree.SubmitAsync();
        await tree.CancelAsync(id);
        await tree.EndOfAsync(id);

        Assert.IsType<Messages.Jobs.Changed>(await tree.ChangeOfAsync(id, since: int.MaxValue - 1));
        Assert.IsType<Messages.Jobs.Refused>(
            await tree.ChangeOfAsync(JobId.New(TimeProvider.System.GetUtcNow()), since: 0));
    }
}
