namespace AkkaComfy.Emulator.Faults;

/// <summary>A rule in a running plan: since when, what it has seen and how often it has struck.</summary>
internal sealed class ArmedFault(FaultRule rule, int seed, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly long _armed = time.GetTimestamp();
    private int _matched;
    private int _struck;

    public FaultRule Rule => rule;

    public (int Matched, int Struck) Counts
    {
        get
        {
            lock (_gate)
            {
                return (_matched, _struck);
            }
        }
    }

    public bool InForce
    {
        get
        {
            var elapsed = Elapsed;
            return elapsed >= From && (Until is null || elapsed < Until);
        }
    }

    /// <summary>How long until it begins or ends, whichever comes next; null: never.</summary>
    public TimeSpan? NextTurn
    {
        get
        {
            var elapsed = Elapsed;
            return elapsed < From ? From - elapsed : elapsed < Until ? Until - elapsed : null;
        }
    }

    private TimeSpan Elapsed => time.GetElapsedTime(_armed);

    private TimeSpan From => TimeSpan.FromSeconds(rule.From);

    private TimeSpan? Until => rule.Until is { } until ? TimeSpan.FromSeconds(until) : null;

    /// <summary>Takes note of a matching event; true where the fault strikes at it.</summary>
    public bool Strikes()
    {
        if (!InForce)
        {
            return false;
        }

        lock (_gate)
        {
            _matched++;
            var strikes = rule is not EventFault fault
                || (_matched > fault.After
                    && !(_struck >= fault.Times)
                    && (fault.Probability >= 1 || _random.NextDouble() < fault.Probability));
            _struck += strikes ? 1 : 0;
            return strikes;
        }
    }

    /// <summary>True the first time it is asked while it is in force.</summary>
    public bool StrikesOnce()
    {
        lock (_gate)
        {
            if (_struck > 0 || !InForce)
            {
                return false;
            }

            _struck = 1;
            return true;
        }
    }
}
