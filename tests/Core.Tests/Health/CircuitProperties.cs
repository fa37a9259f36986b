using AkkaComfy.Core.Health;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Health;

/// <summary>Whatever happens, in whatever order, a circuit keeps its promises.</summary>
public sealed class CircuitProperties
{
    private const int Steps = 10_000;

    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CircuitOptions Options = new(new ProbeSchedule(TimeSpan.FromSeconds(30)), Threshold: 3);

    [Fact]
    public void It_never_half_opens_before_its_wait_is_over() => Properties.HoldForScripts(Steps, script =>
    {
        DateTimeOffset? openedAt = null;
        Run(script, (before, after, now) =>
        {
            if (after.Phase == CircuitPhase.HalfOpen && before.Phase == CircuitPhase.Open)
            {
                Assert.True(now - openedAt >= Options.Probes.First, $"half-open {now - openedAt} after opening");
            }
            // What opened while isolated is first seen when resumed.
            if (after.Phase == CircuitPhase.Open && before.Phase != CircuitPhase.Open)
            {
                openedAt = before.Phase == CircuitPhase.Isolated ? after.OpenSince : now;
            }
        });
    });

    [Fact]
    public void It_takes_work_only_closed_or_half_open() => Properties.HoldForScripts(Steps, script =>
        Run(script, (_, after, _) => Assert.False(
            after is { AllowsWork: true, Phase: CircuitPhase.Open or CircuitPhase.Isolated })));

    [Fact]
    public void It_says_since_when_it_is_not_closed_and_only_then() => Properties.HoldForScripts(Steps, script =>
        Run(script, (_, after, _) => Assert.Equal(after.Phase != CircuitPhase.Closed, after.OpenSince is not null)));

    [Fact]
    public void It_always_recovers_once_probes_and_work_succeed() => Properties.HoldForScripts(Steps, script =>
    {
        var later = Then.AddDays(1);
        var circuit = Run(script, (_, _, _) => { }).Resume().Probing(later).Succeeded(later);
        Assert.True(circuit.TrialEnded().AllowsWork);
        Assert.Equal(CircuitPhase.Closed, circuit.WorkSucceeded(later).Phase);
    });

    private static Circuit Run(int[] script, Action<Circuit, Circuit, DateTimeOffset> check)
    {
        var circuit = Circuit.New;
        var now = Then;
        foreach (var step in script)
        {
            now += TimeSpan.FromMilliseconds(step);
            var before = circuit;
            circuit = (step % 9) switch
            {
                0 => circuit.Succeeded(now),
                1 => circuit.WorkSucceeded(now),
                2 or 3 => circuit.Failed(Options, "failed", now, now),
                4 => circuit.Failed(Options, "late", now - TimeSpan.FromSeconds(5), now),
                5 => circuit.Probing(now),
                6 => circuit.TrialBegan(),
                7 => step % 2 == 0
                    ? circuit.Trip(Options, "dead", CircuitCure.Work, now)
                    : circuit.Trip(Options, "gone", CircuitCure.Probe, now),
                _ => step % 2 == 0 ? circuit.Isolate("drained", now) : circuit.Resume(),
            };
            check(before, circuit, now);
        }

        return circuit;
    }
}
