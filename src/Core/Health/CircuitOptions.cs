namespace AkkaComfy.Core.Health;

/// <summary>When a circuit trips, and when it tries again.</summary>
/// <param name="Probes">An open circuit half-opens after the schedule's wait, which grows with each failed try.</param>
/// <param name="Threshold">Failures in a row that trip it.</param>
public sealed record CircuitOptions(ProbeSchedule Probes, int Threshold = 3);

/// <summary>What proves that the cause of a trip is gone.</summary>
public enum CircuitCure
{
    /// <summary>An answered probe.</summary>
    Probe,

    /// <summary>Work done: a dead worker thread or a broken CUDA context still answers probes.</summary>
    Work,
}
