using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>Chooses the instances in turn, however busy they are.</summary>
public sealed class RoundRobin : IPlacement
{
    public InstanceId Choose(IReadOnlyList<Candidate> candidates, InstanceId? last)
    {
        foreach (var candidate in candidates)
        {
            if (last is { } before && candidate.Id > before)
            {
                return candidate.Id;
            }
        }

        return candidates[0].Id;
    }
}
