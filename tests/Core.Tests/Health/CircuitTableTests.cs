using AkkaComfy.Core.Health;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Health;

/// <summary>Every input in every phase: where it leads, and whether work is let through there.</summary>
public sealed class CircuitTableTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CircuitOptions Options = new(new ProbeSchedule(TimeSpan.FromSeconds(30)), Threshold: 3);

    // Every trip is at 2 s; its wait ends at 3 s; inputs come at 2.5 s, or "late", at 60 s.
    private static readonly DateTimeOffset TrippedAt = Then.AddSeconds(2);
    private static readonly DateTimeOffset Early = Then.AddSeconds(2.5);
    private static readonly DateTimeOffset Late = Then.AddSeconds(60);

    private static readonly Circuit Doubted = Fail(Fail(Circuit.New));
    private static readonly Circuit Open = Fail(Doubted);
    private static readonly Circuit Dead = Circuit.New.Trip(Options, "dead", CircuitCure.Work, TrippedAt);
    private static readonly Circuit HalfOpenDead = Dead.Probing(Late);

    private static readonly Dictionary<string, Circuit> States = new()
    {
        ["closed"] = Circuit.New,
        ["doubted"] = Doubted,
        ["work doubted"] = FailWork(FailWork(Circuit.New)),
        ["open"] = Open,
        ["dead"] = Dead,
        ["half-open"] = Open.Probing(Late),
        ["half-open dead"] = HalfOpenDead,
        ["half-open probed"] = HalfOpenDead.Succeeded(Late),
        ["half-open tried"] = HalfOpenDead.Succeeded(Late).TrialBegan(),
        ["isolated"] = Circuit.New.Isolate("by hand", TrippedAt),
        ["isolated dead"] = Dead.Isolate("by hand", TrippedAt),
    };

    private static readonly Dictionary<string, Func<Circuit, Circuit>> Inputs = new()
    {
        ["probing early"] = circuit => circuit.Probing(Early),
        ["probing late"] = circuit => circuit.Probing(Late),
        ["probe answered early"] = circuit => circuit.Succeeded(Early),
        ["probe answered late"] = circuit => circuit.Succeeded(Late),
        ["probe failed"] = circuit => circuit.Failed(Options, "refused", Late, Late),
        ["probe of before failed"] = circuit => circuit.Failed(Options, "refused", Then, Late),
        ["work done"] = circuit => circuit.WorkSucceeded(Late),
        ["work failed"] = circuit => circuit.WorkFailed(Options, "500", Late, Late),
        ["work of before failed"] = circuit => circuit.WorkFailed(Options, "500", Then, Late),
        ["tripped by a probe"] = circuit => circuit.Trip(Options, "refused", CircuitCure.Probe, Late),
        ["tripped by work"] = circuit => circuit.Trip(Options, "dead", CircuitCure.Work, Late),
        ["trial began"] = circuit => circuit.TrialBegan(),
        ["trial ended"] = circuit => circuit.TrialEnded(),
        ["isolated"] = circuit => circuit.Isolate("by hand", Late),
        ["resumed"] = circuit => circuit.Resume(),
    };

    // C closed, O open, H half-open, I isolated; + if work is let through.
    private static readonly string[] Columns = [.. Inputs.Keys];

    private static readonly Dictionary<string, string> Table = new()
    {
        //                        early late ansE ansL fail fail- done wfl  wfl- trpP trpW tri+ tri- iso  res
        ["closed"] = /*        */ "C+   C+   C+   C+   C+   C+    C+   C+   C+   O    O    C+   C+   I    C+",
        ["doubted"] = /*       */ "C+   C+   C+   C+   O    O     C+   C+   C+   O    O    C+   C+   I    C+",
        ["work doubted"] = /*  */ "C+   C+   C+   C+   C+   C+    C+   O    O    O    O    C+   C+   I    C+",
        ["open"] = /*          */ "O    H    O    C+   O    O     O    O    O    O    O    O    O    I    O",
        ["dead"] = /*          */ "O    H    O    H+   O    O     C+   O    O    O    O    O    O    I    O",
        ["half-open"] = /*     */ "H    H    C+   C+   O    H     C+   O    H    O    O    H    H    I    H",
        ["half-open dead"] = /**/ "H    H    H+   H+   O    H     C+   O    H    O    O    H    H    I    H",
        ["half-open probed"] =    "H+   H+   H+   H+   O    H+    C+   O    H+   O    O    H    H+   I    H+",
        ["half-open tried"] = /**/"H    H    H    H    O    H     C+   O    H    O    O    H    H+   I    H",
        ["isolated"] = /*      */ "I    I    I    I    I    I     I    I    I    I    I    I    I    I    C+",
        ["isolated dead"] = /* */ "I    I    I    I    I    I     I    I    I    I    I    I    I    I    O",
    };

    public static TheoryData<string, string, string> EveryPair()
    {
        var pairs = new TheoryData<string, string, string>();
        foreach (var (state, row) in Table)
        {
            var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Columns.Length, cells.Length);
            foreach (var (input, cell) in Columns.Zip(cells))
            {
                pairs.Add(state, input, cell);
            }
        }

        return pairs;
    }

    [Fact]
    public void The_table_has_a_row_for_every_state() => Assert.Equal(States.Keys.Order(), Table.Keys.Order());

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void An_input_leads_where_the_table_says(string state, string input, string cell)
    {
        var after = Inputs[input](States[state]);

        Assert.Equal(cell, Symbol(after));
    }

    private static string Symbol(Circuit circuit) => circuit.Phase switch
    {
        CircuitPhase.Closed => "C",
        CircuitPhase.Open => "O",
        CircuitPhase.HalfOpen => "H",
        _ => "I",
    } + (circuit.AllowsWork ? "+" : "");

    private static Circuit Fail(Circuit circuit) => circuit.Failed(Options, "refused", TrippedAt, TrippedAt);

    private static Circuit FailWork(Circuit circuit) => circuit.WorkFailed(Options, "500", TrippedAt, TrippedAt);
}
