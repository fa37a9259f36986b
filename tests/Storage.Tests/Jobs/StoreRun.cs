using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

/// <summary>A store and a model of it, driven together by a script of numbers.</summary>
internal sealed class StoreRun(StoreProperties.IStores stores)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly RetryPolicy Policy = new(MaxAttempts: 2, MaxFree: 2);

    private readonly List<Job> _jobs = [];
    private readonly HashSet<JobId> _claimed = [];
    private readonly Dictionary<string, JobId> _keys = new(StringComparer.Ordinal);
    private DateTimeOffset _now = Then;

    private IJobStore Store => stores.Store;

    public async Task DoAsync(int step)
    {
        _now += TimeSpan.FromSeconds(step % 7);
        var detail = step / 20;
        switch (step % 20)
        {
            case < 6:
                await SubmitAsync(detail);
                break;
            case < 14:
                await HappenAsync(detail);
                break;
            case < 17:
                await ClaimAsync(detail);
                break;
            case 17:
                var given = _claimed.Take(detail % 3).ToList();
                await Store.ReleaseAsync(given, None);
                _claimed.ExceptWith(given);
                break;
            case 18 when detail % 2 == 0:
                await RecoverAsync();
                break;
            default:
                await CompareAsync();
                break;
        }
    }

    /// <summary>Asks the store everything, and the model.</summary>
    public async Task CompareAsync()
    {
        foreach (var job in _jobs)
        {
            AssertSame(job, await Store.FindAsync(job.Id, None));
            Assert.Equal(Ahead(job), await Store.CountAheadAsync(job.Id, None));
        }

        foreach (var (key, job) in _keys)
        {
            Assert.Equal(job, (await Store.FindByKeyAsync(key, None))?.JobId);
        }

        foreach (var filter in Filters())
        {
            await CompareListAsync(filter);
        }

        var counts = await Store.CountAsync(None);
        Assert.Equal(
            Unexpired.GroupBy(JobGroup.Of).Select(group => new JobCount(group.Key, group.Count())).ToHashSet(),
            counts.ToHashSet());
        Assert.Equal(
            Unexpired.Where(job => job.EndedAt < _now).OrderBy(job => job.EndedAt).Select(job => job.Id),
            (await Store.FindExpiredAsync(_now, 1000, None)).Select(job => job.Id));
        Assert.Equal(
            Waiting.Where(job => job.PendingSince < _now).OrderBy(job => job.PendingSince).Select(job => job.Id).ToHashSet(),
            (await Store.FindPendingSinceAsync(_now, 1000, None)).Select(job => job.Id).ToHashSet());
        BlobId[] blobs = [.. "0123456789abcdef".Select(Blob)];
        Assert.Equal(
            blobs.Except(Unexpired.SelectMany(job => job.Blobs).Select(blob => blob.Id)).ToHashSet(),
            (await Store.FindUnreferencedAsync(blobs, None)).ToHashSet());
    }

    private IEnumerable<Job> Unexpired => _jobs.Where(job => job.ExpiredAt is null);

    /// <summary>The queue, in order; a job's place in the list is its arrival.</summary>
    private IEnumerable<Job> Waiting =>
        _jobs.Where(job => job.Phase == JobPhase.Pending).OrderByDescending(job => job.Priority);

    private int? Ahead(Job job) =>
        job.Phase == JobPhase.Pending ? Waiting.TakeWhile(other => other.Id != job.Id).Count() : null;

    private async Task SubmitAsync(int detail)
    {
        var job = New(
            detail % 3, detail % 2 == 0 ? Upscale : Rembg, ImageOf(Blob("0123"[detail % 4])), _now);
        var key = detail % 5 == 0 ? new IdempotencyKey($"key{detail % 4}", "hash") : null;
        var commit = job.Submission(claim: detail % 7 == 0) with { Key = key };

        var leftOut = await Store.CommitAsync([commit], None);

        if (key is not null && !_keys.TryAdd(key.Value, job.Id))
        {
            Assert.Same(commit, Assert.Single(leftOut));
            return;
        }

        Assert.Empty(leftOut);
        _jobs.Add(job);
        if (commit.Claim)
        {
            _claimed.Add(job.Id);
        }
    }

    private async Task HappenAsync(int detail)
    {
        if (_jobs.Count == 0)
        {
            return;
        }

        var at = detail % _jobs.Count;
        if (Next(_jobs[at], detail / 3) is not { } happened)
        {
            return;
        }

        var commit = _jobs[at].After(happened) with { Claim = happened is Jobs.Requeued && detail % 2 == 0 };
        await Store.CommitAsync([commit], None);
        _jobs[at] = commit.After;
        if (commit.Claim)
        {
            _claimed.Add(commit.After.Id);
        }
        else if (commit.After.Phase != JobPhase.Pending)
        {
            _claimed.Remove(commit.After.Id);
        }
    }

    /// <summary>What the life cycle says may happen next.</summary>
    private Jobs.IEvent? Next(Job job, int detail) => (job.Phase, detail % 6) switch
    {
        (JobPhase.Pending, 0 or 1 or 2 or 3) =>
            JobDecisions.Dispatch(job, detail % 2 == 0 ? Instance : Other, PromptId.New(), _now),
        (JobPhase.Pending or JobPhase.Processing, 4) => JobDecisions.Cancel(job, _now),
        (JobPhase.Pending, _) => JobDecisions.QueueTimeout(job, TimeSpan.FromSeconds(1), _now),
        (JobPhase.Processing, 0) => JobDecisions.Start(job, _now),
        (JobPhase.Processing, 1) => job.Completed(_now, Blob("89ab"[detail % 4])),
        (JobPhase.Processing, _) => JobDecisions.Lost(
            job, new JobError("lost", Blame.Worker, "Lost.") { Instance = job.Current.On }, Policy, _now),
        (_, 1) => JobDecisions.Delete(job, _now),
        (_, 0) when job.ExpiredAt is null => job.Expired(_now),
        _ => null,
    };

    private async Task ClaimAsync(int detail)
    {
        var wanted = (detail % 3) switch
        {
            0 => Any,
            1 => new HashSet<QueueName> { QueueName.Of(Upscale) },
            _ => new HashSet<QueueName> { QueueName.Of(Rembg) },
        };
        var max = detail % 4;

        var claimed = (await Store.ClaimAsync(max, wanted, None)).Select(job => job.Id).ToList();

        Assert.Equal(
            Waiting.Where(job => wanted.Contains(job.Queue) && !_claimed.Contains(job.Id)).Take(max)
                .Select(job => job.Id),
            claimed);
        _claimed.UnionWith(claimed);
    }

    private async Task RecoverAsync()
    {
        await stores.ReopenAsync();
        _claimed.Clear();

        var recovery = await Store.RecoverAsync(None);

        Assert.Equal(
            _jobs.Where(job => job.Phase == JobPhase.Processing).Select(job => job.Id),
            recovery.Processing.Select(job => job.Id));
        Assert.Equal(
            Waiting.GroupBy(job => job.Priority).ToDictionary(group => group.Key, group => group.Count()),
            recovery.PendingByPriority);
    }

    private static IEnumerable<JobFilter> Filters() =>
        from phase in (JobPhase?[])[null, JobPhase.Pending, JobPhase.Completed]
        from workflow in (WorkflowName?[])[null, Rembg]
        from instance in (InstanceId?[])[null, Other]
        select new JobFilter(phase, workflow, instance);

    private async Task CompareListAsync(JobFilter filter)
    {
        var expected = Unexpired.Where(job => filter.Admits(JobGroup.Of(job))).Select(job => job.Id).Reverse().ToList();
        var listed = new List<JobId>();
        long? after = null;
        do
        {
            var page = await Store.ListAsync(filter, after, max: 3, None);
            Assert.Equal(expected.Count, page.Total);
            listed.AddRange(page.Jobs.Select(job => job.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(expected, listed);
    }

    private static void AssertSame(Job expected, Job? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Attempts.AsEnumerable(), actual.Attempts.AsEnumerable());
        Assert.Equal(expected.Outputs.AsEnumerable(), actual.Outputs.AsEnumerable());
        Assert.Equal(expected with { Attempts = [], Outputs = [] }, actual with { Attempts = [], Outputs = [] });
    }
}
