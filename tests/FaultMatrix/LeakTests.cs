using AkkaComfy.Emulator.Faults.Kinds;
using AkkaComfy.FaultMatrix.Running;

namespace AkkaComfy.FaultMatrix;

/// <summary>Faults come and go, and this process holds no more sockets, files and threads than before.</summary>
[Collection(nameof(Alone))]
public sealed class LeakTests
{
    private static readonly Fault None = new("none", TimeSpan.FromMilliseconds(100));

    private static readonly Fault Everything = new(
        "everything at once",
        TimeSpan.FromSeconds(1.5),
        new RefuseConnections { From = 1 },
        new HttpError { Status = 503, Probability = 0.2 },
        new ResetMidBody { Probability = 0.2 },
        new DropSocket { Probability = 0.2 },
        new MalformedFrame { Probability = 0.2 },
        new Restart { From = 0.5, BackAfterMs = 200 })
    {
        MayRunTwice = true,
    };

    [LinuxFact]
    public async Task Faults_leave_no_socket_file_or_thread_behind()
    {
        await SoundAsync(None);
        var before = Holdings.Now();
        for (var round = 0; round < 3; round++)
        {
            await SoundAsync(Everything);
        }

        // Sockets and threads that are let go take a moment to vanish; a leak does not vanish at all.
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var after = Holdings.Now();
        for (var look = 0; look < 50 && !after.AtMost(before); look++)
        {
            await again.WaitForNextTickAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            after = Holdings.Now();
        }

        Assert.True(after.AtMost(before), $"before: {before}{Environment.NewLine}after: {after}");
    }

    private static async Task SoundAsync(Fault fault)
    {
        var outcome = await CellRun.RunAsync(new Cell(fault, 2, Mode.Async, Seed: 1));
        Assert.Empty(outcome.Problems);
    }
}
