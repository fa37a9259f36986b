using AkkaComfy.Storage;

namespace AkkaComfy.Bench.Store;

/// <summary>Durable submissions of 64 clients through the journal, beside a bare loop that writes the same rows: medians of rounds.</summary>
internal static class Submissions
{
    private const int Clients = 64;
    private const int Rounds = 5;
    private const int Jobs = 20_000;

    public static async Task MeasureAsync(DirectoryInfo scratch, Report report)
    {
        await JournalAsync(scratch, "warm-up");
        var (journal, bare, waited) = (new double[Rounds], new double[Rounds], new List<double>());
        var batch = 0;
        // In turn, so that what else the disk does is the same to both.
        for (var round = 0; round < Rounds; round++)
        {
            (var measured, batch) = await JournalAsync(scratch, $"journal-{round}");
            journal[round] = measured.PerSecond;
            waited.AddRange(measured.Milliseconds);
            bare[round] = await BareLoop.RunAsync(Path.Combine(scratch.FullName, $"bare-{round}.db"), Jobs, batch);
        }

        var (through, direct) = (Report.Quantile(journal, 0.5), Report.Quantile(bare, 0.5));
        double[] milliseconds = [.. waited];
        report.Row($"durable submissions, {Clients} clients through the journal", $"{through:N0}/s", "≥ 3,000/s");
        report.Row("the same rows by a bare loop of the same batch size", $"{direct:N0}/s in batches of {batch}");
        report.Row("journal to bare loop", $"{through / direct:P0}", "≥ 60 %");
        report.Row("a submission waits, median", $"{Report.Quantile(milliseconds, 0.5):F1} ms");
        report.Row("a submission waits, p99", $"{Report.Quantile(milliseconds, 0.99):F1} ms", "< 50 ms");
    }

    private static async Task<(Throughput Journal, int Batch)> JournalAsync(DirectoryInfo scratch, string name)
    {
        await using var sqlite = SqliteJobStore.Open(Path.Combine(scratch.FullName, $"{name}.db"), TimeProvider.System);
        var (store, count) = CountedStore.Around(sqlite);
        var measured = await JournalClients.RunAsync(
            store, Clients, Jobs, number => Task.FromResult(SampleJobs.Submission(number)));
        return (measured, Math.Max(1, (int)Math.Round((double)Jobs / count.Batches)));
    }
}
