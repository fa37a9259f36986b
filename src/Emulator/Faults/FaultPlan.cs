namespace AkkaComfy.Emulator.Faults;

/// <summary>The faults of one emulator, as they run; it outlives the emulated processes that it kills.</summary>
public sealed class FaultPlan : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _turn;
    private volatile ArmedFault[] _armed = [];
    private int _ordinal;

    internal FaultPlan(TimeProvider time)
    {
        _time = time;
        _turn = time.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A rule has come, gone, begun or ended; called outside of any lock.</summary>
    internal Action Turned { get; set; } = () => { };

    /// <summary>Everything has been called off.</summary>
    internal Action Healed { get; set; } = () => { };

    public int Seed { get; private set; }

    /// <summary>Each rule with the events it has matched and those it has struck at.</summary>
    public IReadOnlyList<(FaultRule Rule, int Matched, int Struck)> Rules =>
        [.. _armed.Select(fault => (fault.Rule, fault.Counts.Matched, fault.Counts.Struck))];

    /// <summary>Puts a script in place of what there is; its seconds count from now.</summary>
    /// <exception cref="ArgumentException">A field of a rule is out of range.</exception>
    public void Use(FaultScript script)
    {
        Check(script.Rules);
        lock (_gate)
        {
            Seed = script.Seed;
            _ordinal = 0;
            _armed = [.. script.Rules.Select(Arm)];
        }

        Turn();
    }

    /// <summary>Adds rules; their seconds count from now.</summary>
    /// <exception cref="ArgumentException">A field of a rule is out of range.</exception>
    public void Apply(params IReadOnlyList<FaultRule> rules)
    {
        Check(rules);
        lock (_gate)
        {
            _armed = [.. _armed, .. rules.Select(Arm)];
        }

        Turn();
    }

    /// <summary>
    /// Calls everything off: no rule is left, doors open, frozen processes go on, dead ones are started again. What has
    /// been struck stays so: a deaf socket stays deaf until its client connects anew.
    /// </summary>
    public void Heal()
    {
        lock (_gate)
        {
            _armed = [];
        }

        Turn();
        Healed();
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Those of one kind that strike at an event, in the order of the plan.</summary>
    internal IReadOnlyList<T> Striking<T>(Func<T, bool> matches)
        where T : EventFault
    {
        var armed = _armed;
        return armed.Length == 0
            ? []
            : [.. armed
                .Where(fault => fault.Rule is T rule && matches(rule) && fault.Strikes())
                .Select(fault => (T)fault.Rule)];
    }

    /// <summary>The first of that kind that holds now, or null.</summary>
    internal T? Holding<T>()
        where T : WindowFault
    {
        var armed = _armed;
        return armed.Length == 0
            ? null
            : armed.FirstOrDefault(fault => fault.Rule is T && fault.InForce)?.Rule as T;
    }

    /// <summary>Those of one kind whose moment has come; each is given once.</summary>
    internal IReadOnlyList<T> Due<T>()
        where T : MomentFault =>
        [.. _armed.Where(fault => fault.Rule is T && fault.StrikesOnce()).Select(fault => (T)fault.Rule)];

    /// <summary>Each rule draws from numbers of its own, so that no rule changes another's luck.</summary>
    private ArmedFault Arm(FaultRule rule) => new(rule, unchecked((Seed * 31) + (++_ordinal * 7919)), _time);

    private static void Check(IReadOnlyList<FaultRule> rules)
    {
        var complaints = rules
            .SelectMany((rule, index) =>
                FaultKind.Complaints(rule).Select(complaint => $"rules[{index}] ({rule.Name}): {complaint}"))
            .ToList();
        if (complaints.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", complaints));
        }
    }

    private void Turn()
    {
        // In whole milliseconds, as timers count: one that is due in a fraction would fire before its time.
        var next = _armed.Select(fault => fault.NextTurn).Min();
        var due = next is { } wait
            ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds))
            : Timeout.InfiniteTimeSpan;
        _turn.Change(due, Timeout.InfiniteTimeSpan);
        Turned();
    }
}
