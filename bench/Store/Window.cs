using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Bench.Store;

/// <summary>A long queue: how the service starts on it, how much memory it takes, and how long questions take.</summary>
internal static class Window
{
    private const int Jobs = 200_000;
    private const int Batch = 512;
    private const int ClaimSize = 68;
    private const int Repetitions = 500;

    private static readonly HashSet<QueueName> Both =
        [QueueName.Of(SampleJobs.Upscale), QueueName.Of(SampleJobs.RemoveBackground)];
    private static readonly HashSet<QueueName> One = [QueueName.Of(SampleJobs.Upscale)];

    public static async Task MeasureAsync(DirectoryInfo scratch, Report report)
    {
        var path = Path.Combine(scratch.FullName, "jobs.db");
        var last = await FillAsync(path);
        report.Row($"{Jobs:N0} pending jobs on the disk", $"{new FileInfo(path).Length / 1e6:F0} MB");

        var opening = TimeProvider.System.GetTimestamp();
        await using (var store = SqliteJobStore.Open(path, TimeProvider.System))
        {
            await store.RecoverAsync(CancellationToken.None);
            report.Row(
                "opening, checking and reading the state of the store",
                $"{TimeProvider.System.GetElapsedTime(opening).TotalMilliseconds:F0} ms");
            await AskAsync(store, last, report);
        }

        await using var service = await ServiceProcess.StartAsync(scratch.FullName, Jobs);
        report.Row("the service on them, from its start to its first answer", $"{service.Start.TotalSeconds:F2} s", "< 5 s");
        report.Row("its memory then (resident)", $"{service.ResidentBytes / 1e6:F0} MB", "< 300 MB");
    }

    private static async Task<JobId> FillAsync(string path)
    {
        await using var store = SqliteJobStore.Open(path, TimeProvider.System);
        var last = default(JobId);
        foreach (var some in Enumerable.Range(0, Jobs).Chunk(Batch))
        {
            JobCommit[] batch = [.. some.Select(number => SampleJobs.Submission(number))];
            await store.CommitAsync(batch, CancellationToken.None);
            last = batch[^1].After.Id;
        }

        return last;
    }

    private static async Task AskAsync(SqliteJobStore store, JobId last, Report report)
    {
        var none = CancellationToken.None;
        await TimeAsync($"claiming {ClaimSize} of them in order", "< 5 ms", report, async () => await ClaimAsync(store, Both));
        await TimeAsync($"claiming {ClaimSize} of one workflow", "< 5 ms", report, async () => await ClaimAsync(store, One));
        await TimeAsync("the place of a late job in the queue", "", report, () => store.CountAheadAsync(last, none));
        await TimeAsync("counts by status, type and instance", "", report, () => store.CountAsync(none));
        await TimeAsync(
            "a page of 100 from the middle of the list", "", report,
            () => store.ListAsync(new JobFilter(JobPhase.Pending), Jobs / 2, 100, none));
    }

    private static async Task ClaimAsync(SqliteJobStore store, IReadOnlySet<QueueName> queues)
    {
        var claimed = await store.ClaimAsync(ClaimSize, queues, CancellationToken.None);
        await store.ReleaseAsync([.. claimed.Select(job => job.Id)], CancellationToken.None);
    }

    private static async Task TimeAsync(string what, string target, Report report, Func<Task> ask)
    {
        var taken = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await ask();
            taken[i] = TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
        }

        report.Row(
            what, $"median {Report.Quantile(taken, 0.5):F2} ms, p99 {Report.Quantile(taken, 0.99):F2} ms", target);
    }
}
