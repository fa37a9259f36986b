namespace Akka.Pattern;

/// <summary>Whether calls pass a circuit breaker.</summary>
internal enum CircuitPhase
{
    Closed,
    Open,
    HalfOpen,
}

/// <summary>
/// The state of a circuit breaker as a value. Calls are admitted under an epoch; an outcome from an earlier epoch
/// changes nothing, so that a late failure neither re-trips nor extends an open circuit.
/// </summary>
/// <param name="Phase">Whether calls pass.</param>
/// <param name="Epoch">Grows with every change of phase.</param>
/// <param name="Failures">Failures in a row while closed.</param>
/// <param name="Trying">Whether the one call of a half-open circuit is under way.</param>
/// <param name="ResetTimeout">How long the circuit stays open the next time.</param>
internal sealed record CircuitState(CircuitPhase Phase, long Epoch, int Failures, bool Trying, TimeSpan ResetTimeout)
{
    /// <summary>Admits a call, or leaves the state as it is.</summary>
    public CircuitState Enter(out bool admitted)
    {
        admitted = Phase == CircuitPhase.Closed || (Phase == CircuitPhase.HalfOpen && !Trying);
        return admitted && Phase == CircuitPhase.HalfOpen ? this with { Trying = true } : this;
    }

    public CircuitState Succeeded(long epoch, TimeSpan resetTimeout) => epoch != Epoch
        ? this
        : Phase switch
        {
            CircuitPhase.Closed when Failures > 0 => this with { Failures = 0 },
            CircuitPhase.HalfOpen => Turn(CircuitPhase.Closed) with { ResetTimeout = resetTimeout },
            _ => this,
        };

    public CircuitState Failed(long epoch, int maxFailures) => epoch != Epoch
        ? this
        : Phase switch
        {
            CircuitPhase.Closed when Failures + 1 < maxFailures => this with { Failures = Failures + 1 },
            CircuitPhase.Closed or CircuitPhase.HalfOpen => Turn(CircuitPhase.Open),
            _ => this,
        };

    /// <summary>Lets one call try, if the circuit is still open since the given epoch.</summary>
    public CircuitState Reset(long epoch, TimeSpan nextResetTimeout) =>
        epoch == Epoch && Phase == CircuitPhase.Open
            ? Turn(CircuitPhase.HalfOpen) with { ResetTimeout = nextResetTimeout }
            : this;

    private CircuitState Turn(CircuitPhase phase) =>
        this with { Phase = phase, Epoch = Epoch + 1, Failures = 0, Trying = false };
}
