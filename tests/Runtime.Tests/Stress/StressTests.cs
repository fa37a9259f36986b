using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace AkkaComfy.Runtime.Tests.Stress;

/// <summary>
/// Threads create, tell, fail, stop and watch actors at random, in rounds. <c>STRESS_SECONDS</c> sets the duration
/// (20 by default), <c>STRESS_SEED</c> repeats a run.
/// </summary>
[Trait("Category", "Stress")]
public sealed class StressTests(ITestOutputHelper output) : RuntimeTest
{
#if OFFICIAL_AKKA
    private const string? Reason = "Its limits on memory and its exactly-once ledger are promises of the bundled runtime.";
#else
    private const string? Reason = null;
#endif

    private const int Threads = 4;
    private const int Keepers = 8;
    private const int Watchers = 8;
    private const int Slots = 64;
    private const int Steps = 10_000;

    [Fact(Skip = Reason)]
    public async Task Under_a_storm_no_message_is_lost_no_end_told_twice_and_nothing_is_left_behind()
    {
        var seed = Setting("STRESS_SEED", Environment.TickCount & 0xFFFF);
        var duration = TimeSpan.FromSeconds(Setting("STRESS_SECONDS", 20));
        output.WriteLine($"STRESS_SEED={seed} STRESS_SECONDS={duration.TotalSeconds}");
        var start = TimeProvider.System.GetTimestamp();
        long memoryAfterFirst = 0;
        var (rounds, messages) = (0, 0L);
        do
        {
            messages += await Round(unchecked((seed * 7919) + rounds));
            rounds++;
            if (rounds == 1)
                memoryAfterFirst = GC.GetTotalMemory(forceFullCollection: true);
        }
        while (TimeProvider.System.GetElapsedTime(start) < duration);
        output.WriteLine($"{rounds} rounds, {messages} messages");
        await AssertNothingIsLeft(memoryAfterFirst);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    private static async Task AssertNothingIsLeft(long memoryAfterFirst)
    {
        // Thread statics and queue slots may hold on to a last actor each; a leak holds on to all of them.
        const int Stragglers = 4 * Slots;
        for (var attempt = 0; attempt < 50 && Worker.Live > Stragglers; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }
        Assert.InRange(Worker.Live, 0, Stragglers);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - memoryAfterFirst;
        Assert.True(growth < 16 * 1024 * 1024, $"Memory grew by {growth} bytes.");
    }

    private async Task<int> Round(int seed)
    {
        var ledger = new Ledger(Threads * Steps);
        var undertaker = Sys.ActorOf(Props.Create(() => new Undertaker(ledger)));
        Sys.EventStream.Subscribe(undertaker, typeof(DeadLetter));
        var child = Props.Create(() => new Worker(ledger));
        IActorRef[] keepers =
        [
            .. Many(Keepers / 2, Props.Create(() => new Keeper(child, false))),
            .. Many(Keepers / 2, Props.Create(() => new Keeper(child, true))),
        ];
        var watchers = Many(Watchers, Props.Create(() => new Watcher(ledger)));
        var slots = new IActorRef[Slots];
        for (var i = 0; i < Slots; i++)
            slots[i] = await keepers[i % Keepers].Ask<IActorRef>("create", Patience);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(worker => Task.Run(() =>
            Storm(new Random(unchecked((seed * 31) + worker)), worker, ledger, slots, keepers, watchers))));

        foreach (var keeper in keepers)
            Assert.True(await keeper.GracefulStop(Patience));
        foreach (var watcher in watchers)
        {
            Assert.Equal("yes", await watcher.Ask<string>("all terminated?", Patience));
            Assert.True(await watcher.GracefulStop(Patience));
        }
        Assert.Equal("done", await undertaker.Ask<string>("done?", Patience));
        Assert.True(await undertaker.GracefulStop(Patience));
        ledger.Audit();
        Assert.True(ledger.Faults.Count == 0, $"seed {seed}: {string.Join("; ", ledger.Faults.Take(10))}");
        return ledger.Sent;
    }

    private IActorRef[] Many(int count, Props recipe) =>
        [.. Enumerable.Range(0, count).Select(_ => Sys.ActorOf(recipe))];

    private async Task Storm(
        Random random, int worker, Ledger ledger, IActorRef[] slots, IActorRef[] keepers, IActorRef[] watchers)
    {
        for (var step = 0; step < Steps; step++)
        {
            var slot = random.Next(Slots);
            var target = Volatile.Read(ref slots[slot]);
            switch (random.Next(1000) / 10.0)
            {
                case < 0.3:
                    keepers[random.Next(Keepers)].Tell(new Fault(Resume: false), ActorRefs.NoSender);
                    break;
                case < 60:
                    if (ledger.TryNext(worker, out var item))
                        target.Tell(item, ActorRefs.NoSender);
                    break;
                case < 66:
                    target.Tell(new Fault(Resume: false), ActorRefs.NoSender);
                    break;
                case < 70:
                    target.Tell(new Fault(Resume: true), ActorRefs.NoSender);
                    break;
                case < 85:
                    watchers[random.Next(Watchers)].Tell(target, ActorRefs.NoSender);
                    break;
                case < 88:
                    target.Tell(PoisonPill.Instance, ActorRefs.NoSender);
                    break;
                case < 90:
                    target.Tell(Kill.Instance, ActorRefs.NoSender);
                    break;
                case < 93:
                    Sys.Stop(target);
                    break;
                default:
                    Volatile.Write(ref slots[slot],
                        await keepers[random.Next(Keepers)].Ask<IActorRef>("create", Patience));
                    break;
            }
        }
    }
}
