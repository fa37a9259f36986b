using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>An instance that may take the job at hand.</summary>
/// <param name="Weight">How much work it should get compared with others, at least 1.</param>
public readonly record struct Candidate(InstanceId Id, int ActiveJobs, int Weight);

/// <summary>Chooses among the instances that may take a job.</summary>
public interface IPlacement
{
    /// <param name="candidates">At least one, ordered by id.</param>
    /// <param name="last">The instance chosen before this one; null at first.</param>
    InstanceId Choose(IReadOnlyList<Candidate> candidates, InstanceId? last);
}
