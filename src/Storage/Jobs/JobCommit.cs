using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>What one commit does to one job.</summary>
/// <param name="After">The job after the events.</param>
/// <param name="Claim">The job is new and goes straight into the claimer's window.</param>
/// <param name="Key">Of a submission only: kept with the job.</param>
public sealed record JobCommit(
    Job After, IReadOnlyList<Jobs.IEvent> Events, bool Claim = false, IdempotencyKey? Key = null)
{
    /// <summary>The job's phase before the events; null for a submission.</summary>
    public JobPhase? Before { get; init; }

    public bool IsSubmission => Events is [Jobs.Submitted, ..];
}
