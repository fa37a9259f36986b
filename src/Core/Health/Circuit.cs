using AkkaComfy.Messages;

namespace AkkaComfy.Core.Health;

/// <summary>An instance's circuit breaker: an immutable value; open, it stops placement and nothing else.</summary>
/// <remarks><code>
///            threshold failures, or a trip at once
///   closed ────────────────────────────────────────▶ open ◀──────────────┐
///     ▲                                               │ wait is over      │ failure
///     │   success of a probe, or of work if           ▼                   │
///     └── only work can prove the cure ─────────── half-open ─────────────┘
///
///   isolated: laid over any of these by hand; they go on beneath it.
/// </code></remarks>
public sealed record Circuit
{
    private CircuitPhase Beneath { get; init; } = CircuitPhase.Closed;

    private bool Isolated { get; init; }

    private CircuitCure Cure { get; init; }

    private DateTimeOffset RetryAt { get; init; }

    /// <summary>When the last trip or its cure was; what began earlier says nothing about now.</summary>
    private DateTimeOffset EvidenceFrom { get; init; } = DateTimeOffset.MinValue;

    private bool ProbeSucceeded { get; init; }

    private bool TrialRuns { get; init; }

    public static Circuit New { get; } = new();

    public CircuitPhase Phase => Isolated ? CircuitPhase.Isolated : Beneath;

    /// <summary>Failures in a row while closed.</summary>
    public int Failures { get; private init; }

    /// <summary>Prompts in a row that the worker failed while closed; an answered probe says nothing about them.</summary>
    public int FailedWork { get; private init; }

    /// <summary>Failed probes and trips since it was last well; sets the pace of the next probe.</summary>
    public int FailedProbes { get; private init; }

    /// <summary>Since when it has not been closed; null while it is.</summary>
    public DateTimeOffset? OpenSince { get; private init; }

    /// <summary>The last failure, or why it was isolated; null while all is well.</summary>
    public string? Reason { get; private init; }

    /// <summary>Not proven well: probe soon.</summary>
    public bool InDoubt => Failures > 0 || Beneath != CircuitPhase.Closed;

    public bool AllowsProbe(DateTimeOffset now) => Beneath != CircuitPhase.Open || now >= RetryAt;

    /// <summary>Whether an instance may be given a job; half-open, after a good probe, it is one and no more.</summary>
    public bool AllowsWork => !Isolated && AllowsStart;

    /// <summary>Whether a job that it was given may start: one that drains finishes what it has.</summary>
    public bool AllowsStart => Beneath switch
    {
        CircuitPhase.Closed => true,
        CircuitPhase.HalfOpen => ProbeSucceeded && !TrialRuns,
        _ => false,
    };

    /// <summary>Half-opens once the wait is over; call before each probe.</summary>
    public Circuit Probing(DateTimeOffset now) => Beneath == CircuitPhase.Open && now >= RetryAt
        ? this with { Beneath = CircuitPhase.HalfOpen, ProbeSucceeded = false, TrialRuns = false }
        : this;

    /// <summary>A probe was answered; one sent a moment before the wait was over counts if it is over now.</summary>
    public Circuit Succeeded(DateTimeOffset now) => Probing(now) switch
    {
        { Beneath: CircuitPhase.HalfOpen, Cure: CircuitCure.Probe } due => due.Close(now),
        { Beneath: CircuitPhase.HalfOpen } due => due with { ProbeSucceeded = true },
        { Beneath: CircuitPhase.Closed, Failures: > 0 } => Close(now) with { FailedWork = FailedWork },
        _ => this,
    };

    /// <summary>A prompt was executed.</summary>
    public Circuit WorkSucceeded(DateTimeOffset now) => Beneath switch
    {
        CircuitPhase.Closed when Failures == 0 && FailedWork == 0 => this,
        CircuitPhase.Closed or CircuitPhase.HalfOpen => Close(now),
        _ => Cure == CircuitCure.Work ? Close(now) : this,
    };

    /// <summary>A job was given to a half-open instance.</summary>
    public Circuit TrialBegan() => Beneath == CircuitPhase.HalfOpen ? this with { TrialRuns = true } : this;

    /// <summary>The job given to a half-open instance ended and proved nothing, as when it is cancelled.</summary>
    public Circuit TrialEnded() => this with { TrialRuns = false };

    /// <summary>A probe failed, or work did by the network's fault.</summary>
    /// <param name="begunAt">When that began: a late failure from before a trip or its cure says nothing new.</param>
    public Circuit Failed(CircuitOptions options, string reason, DateTimeOffset begunAt, DateTimeOffset now)
    {
        if (begunAt < EvidenceFrom)
        {
            return this;
        }

        return Beneath switch
        {
            CircuitPhase.Closed when Failures + 1 < options.Threshold => this with
            {
                Failures = Failures + 1, FailedProbes = FailedProbes + 1, Reason = reason,
            },
            CircuitPhase.Closed => Trip(options, reason, CircuitCure.Probe, now),
            CircuitPhase.HalfOpen => Open(options, reason, FailedProbes + 1, now),
            _ => this,
        };
    }

    /// <summary>Work failed by the worker's fault, though it may well answer probes: only work cures a trip by that.</summary>
    /// <param name="begunAt">As for <see cref="Failed"/>.</param>
    public Circuit WorkFailed(CircuitOptions options, string reason, DateTimeOffset begunAt, DateTimeOffset now)
    {
        if (begunAt < EvidenceFrom)
        {
            return this;
        }

        return Beneath == CircuitPhase.Closed && FailedWork + 1 < options.Threshold
            ? this with { FailedWork = FailedWork + 1, Reason = reason }
            : Trip(options, reason, CircuitCure.Work, now);
    }

    /// <summary>Opens at once, as for a dead worker thread or a CUDA fault; already open, it learns what cures it.</summary>
    public Circuit Trip(CircuitOptions options, string reason, CircuitCure cure, DateTimeOffset now)
    {
        var cured = this with { Cure = cure == CircuitCure.Work ? cure : Cure };
        return Beneath switch
        {
            CircuitPhase.Open => cured,
            CircuitPhase.HalfOpen => cured.Open(options, reason, FailedProbes + 1, now),
            _ => (this with { Cure = cure }).Open(options, reason, failedProbes: 1, now),
        };
    }

    /// <summary>Takes the instance out by hand.</summary>
    public Circuit Isolate(string reason, DateTimeOffset now) => Isolated
        ? this
        : this with { Isolated = true, Reason = reason, OpenSince = OpenSince ?? now };

    /// <summary>Undoes <see cref="Isolate"/>; what was found out meanwhile holds.</summary>
    public Circuit Resume() => !Isolated
        ? this
        : this with
        {
            Isolated = false,
            OpenSince = Beneath == CircuitPhase.Closed ? null : OpenSince,
            Reason = InDoubt || FailedWork > 0 ? Reason : null,
        };

    private Circuit Open(CircuitOptions options, string reason, int failedProbes, DateTimeOffset now) => this with
    {
        Beneath = CircuitPhase.Open,
        Failures = 0,
        FailedWork = 0,
        FailedProbes = failedProbes,
        RetryAt = now + options.Probes.AfterFailures(failedProbes),
        EvidenceFrom = now,
        OpenSince = OpenSince ?? now,
        Reason = reason,
    };

    private Circuit Close(DateTimeOffset now) => this with
    {
        Beneath = CircuitPhase.Closed,
        Cure = CircuitCure.Probe,
        Failures = 0,
        FailedWork = 0,
        FailedProbes = 0,
        // A closed circuit that only had a failure or two forgets them, but had no trip to date evidence from.
        EvidenceFrom = Beneath == CircuitPhase.Closed ? EvidenceFrom : now,
        OpenSince = Isolated ? OpenSince : null,
        Reason = Isolated ? Reason : null,
    };
}
