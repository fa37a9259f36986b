using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>Chooses the instance with the fewest active jobs; ties go round.</summary>
public sealed class LeastLoaded : IPlacement
{
    private readonly RoundRobin _ties = new();

    public InstanceId Choose(IReadOnlyList<Candidate> candidates, InstanceId? last)
    {
        var fewest = candidates.Min(candidate => candidate.ActiveJobs);
        return _ties.Choose([.. candidates.Where(candidate => candidate.ActiveJobs == fewest)], last);
    }
}
