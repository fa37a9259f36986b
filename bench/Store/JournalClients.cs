using Akka.Actor;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Storage;

namespace AkkaComfy.Bench.Store;

/// <summary>What concurrent submitters got out of a journal: how long each waited, and how long all took.</summary>
internal sealed record Throughput(double[] Milliseconds, TimeSpan Elapsed)
{
    public double PerSecond => Milliseconds.Length / Elapsed.TotalSeconds;
}

/// <summary>Submitters that record one job after the other, each waiting for its record before the next.</summary>
internal static class JournalClients
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<Throughput> RunAsync(
        IJobStore store, int clients, int jobs, Func<int, Task<JobCommit>> prepare)
    {
        var system = ActorSystem.Create("bench", "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }");
        try
        {
            var journal = system.ActorOf(JobJournal.Props(store), "journal");
            var waited = new double[jobs];
            var begun = TimeProvider.System.GetTimestamp();
            var limits = new ParallelOptions { MaxDegreeOfParallelism = clients };
            await Parallel.ForAsync(0, jobs, limits, async (number, ct) =>
            {
                var commit = await prepare(number);
                var asked = TimeProvider.System.GetTimestamp();
                await journal.Ask<Journaling.Committed>(
                    new Journaling.Append(commit, ActorRefs.Nobody), Patience, ct);
                waited[number] = TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds;
            });
            return new Throughput(waited, TimeProvider.System.GetElapsedTime(begun));
        }
        finally
        {
            await system.Terminate();
        }
    }
}
