using Akka.Actor;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Supervisor;

/// <summary>Reports of attempts that are not under way: of earlier ones, of later ones, of unknown jobs, or said twice.</summary>
public sealed class StaleReportTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly JobError Error = new("worker_dead", Blame.Worker, "dead");

    private readonly ScriptedStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    public static TheoryData<string, int> Reports
    {
        get
        {
            var every = new TheoryData<string, int>();
            foreach (var kind in (string[])["started", "progressed", "succeeded", "faulted", "aborted"])
            {
                every.Add(kind, 0);
                every.Add(kind, 2);
            }

            return every;
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task A_report_of_another_attempt_is_released_and_changes_nothing(string kind, int attempt)
    {
        await using var tree = await Tree.StartAsync(instances: 1, store: _store);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        var recorded = _store.Committed.Count;

        Assert.Equal(new Executions.Release(id, attempt), await ReleaseOfAsync(tree, Report(kind, id, attempt)));
        Assert.Equal(recorded, _store.Committed.Count);
        comfy.Finish(prompt.PromptId);

        Assert.Equal((JobPhase.Completed, 1),
            await tree.EndOfAsync(id) is var job ? (job.Phase, job.Attempts.Length) : default);
    }

    [Theory]
    [InlineData("started")]
    [InlineData("progressed")]
    [InlineData("succeeded")]
    [InlineData("faulted")]
    [InlineData("aborted")]
    public async Task A_report_of_an_unknown_or_an_ended_job_is_released_and_changes_nothing(string kind)
    {
        await using var tree = await Tree.StartAsync(instances: 1, store: _store);
        var comfy = tree.Instances[0];
        var ended = await tree.SubmitAsync();
        comfy.Finish((await Tree.SubmissionAsync(comfy)).PromptId);
        await tree.EndOfAsync(ended);
        var recorded = _store.Committed.Count;
        var unknown = JobId.New(TimeProvider.System.GetUtcNow());

        Assert.Equal(new Executions.Release(unknown, 1), await ReleaseOfAsync(tree, Report(kind, unknown, 1)));
        Assert.Equal(new Executions.Release(ended, 1), await ReleaseOfAsync(tree, Report(kind, ended, 1)));

        Assert.Equal(recorded, _store.Committed.Count);
    }

    [Theory]
    [InlineData("started")]
    [InlineData("succeeded")]
    [InlineData("faulted")]
    [InlineData("aborted")]
    public async Task A_second_report_while_the_end_is_being_recorded_releases_nothing_before_it_is(string kind)
    {
        await using var tree = await Tree.StartAsync(instances: 1, store: _store);
        var comfy = tree.Instances[0];
        var id = await tree.SubmitAsync();
        var prompt = await Tree.SubmissionAsync(comfy);
        comfy.Run(prompt.PromptId);
        await tree.UntilJobAsync(id, job => job.LastAttempt?.StartedAt is not null);

        _store.Commits.IsShut = true;
        comfy.Finish(prompt.PromptId);
        await VirtualTime.EventuallyAsync(() => _store.Commits.Held == 1, "the end is being recorded");
        using var limit = new CancellationTokenSource();
        var early = tree.Jobs.Ask<Executions.Release>(Report(kind, id, 1), limit.Token);
        await tree.FleetAsync();
        Assert.False(early.IsCompleted);
        Assert.True(comfy.Knows(prompt.PromptId));
        _store.Commits.Open();

        Assert.Equal(JobPhase.Completed, (await tree.EndOfAsync(id)).Phase);
        await VirtualTime.EventuallyAsync(() => !comfy.Knows(prompt.PromptId), "the history is deleted");
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => early);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_instance_that_is_killed_finds_its_jobs_again_and_its_sibling_notices_nothing(int jobs)
    {
        await using var tree = await Tree.StartAsync(instances: 2, store: _store);
        var prompts = new List<(FakeComfy On, string PromptId)>();
        var ids = new List<JobId>();
        for (var i = 0; i < 2 * jobs; i++)
        {
            ids.Add(await tree.SubmitAsync());
            var (on, prompt) = await tree.AnySubmissionAsync();
            on.Run(prompt.PromptId);
            prompts.Add((on, prompt.PromptId));
        }

        tree.Kill($"jobs/{tree.Instances[0].Endpoint.Id}");
        foreach (var (on, promptId) in prompts)
        {
            on.Finish(promptId);
        }

        foreach (var id in ids)
        {
            Assert.Equal((JobPhase.Completed, 1),
                await tree.EndOfAsync(id) is var job ? (job.Phase, job.Attempts.Length) : default);
        }

        await tree.UntilFleetAsync(fleet => fleet is { ActiveJobs: 0 } && fleet.Instances.All(now => now.State == InstanceState.Up));
        Assert.All(tree.Instances, instance => Assert.False(instance.Submissions.Reader.TryRead(out _)));
    }

    private static Task<Executions.Release> ReleaseOfAsync(Tree tree, Executions.IReport report) =>
        tree.Jobs.Ask<Executions.Release>(report, Patience);

    private static Executions.IReport Report(string kind, JobId id, int attempt) => kind switch
    {
        "started" => new Executions.Started(id, attempt),
        "progressed" => new Executions.Progressed(id, attempt, new JobProgress(50, null)),
        "succeeded" => new Executions.Succeeded(id, attempt, []),
        "faulted" => new Executions.Faulted(id, attempt, Error),
        _ => new Executions.Aborted(id, attempt),
    };
}
