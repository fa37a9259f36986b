using AkkaComfy.Storage;

namespace AkkaComfy.Bench.Store;

/// <summary>Durable submissions of 64 clients through the journal, beside a bare loop that writes the same rows.</summary>
internal static class Submissions
{
    private const int Clients = 64;
    private const int WarmUp = 5_000;
    private const int Jobs = 50_000;

    public static async Task MeasureAsync(DirectoryInfo scratch, Report report)
    {
        await JournalAsync(scratch, "warm-up", WarmUp);
        var (journal, batch) = await JournalAsync(scratch, "journal", Jobs);
        var bare = await BareLoop.RunAsync(Path.Combine(scratch.FullName, "bare.db"), Jobs, batch);

        report.Row(
            $"durable submissions, {Clients} clients through the journal", $"{journal.PerSecond:N0}/s", "≥ 3,000/s");
        report.Row("the same rows by a bare loop of the same batch size", $"{bare:N0}/s in batches of {batch}");
        report.Row("journal to bare loop", $"{journal.PerSecond / bare:P0}", "≥ 60 %");
        report.Row("a submission waits, median", $"{Report.Quantile(journal.Milliseconds, 0.5):F1} ms");
        report.Row("a submission waits, p99", $"{Report.Quantile(journal.Milliseconds, 0.99):F1} ms", "< 50 ms");
    }

    private static async Task<(Throughput Journal, int Batch)> JournalAsync(DirectoryInfo scratch, string name, int jobs)
    {
        await using var sqlite = SqliteJobStore.Open(Path.Combine(scratch.FullName, $"{name}.db"), TimeProvider.System);
        var (store, count) = CountedStore.Around(sqlite);
        var measured = await JournalClients.RunAsync(
            store, Clients, jobs, number => Task.FromResult(SampleJobs.Submission(number)));
        return (measured, Math.Max(1, (int)Math.Round((double)jobs / count.Batches)));
    }
}
