using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>Draws two instances and chooses the one with fewer active jobs; of equals the one drawn first.</summary>
/// <param name="chance">Uniform in [0, 1).</param>
public sealed class PowerOfTwo(Func<double> chance) : IPlacement
{
    public InstanceId Choose(IReadOnlyList<Candidate> candidates, InstanceId? last)
    {
        var first = Draw(candidates.Count);
        if (candidates.Count == 1)
        {
            return candidates[first].Id;
        }

        var second = Draw(candidates.Count - 1);
        second += second >= first ? 1 : 0;
        return candidates[second].ActiveJobs < candidates[first].ActiveJobs
            ? candidates[second].Id
            : candidates[first].Id;
    }

    private int Draw(int count) => (int)(chance() * count);
}
