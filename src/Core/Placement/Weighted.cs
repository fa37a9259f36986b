using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>
/// Chooses the instance on which one more job weighs least, so that active jobs are shared as the weights are; of
/// equals the heaviest, then in turn.
/// </summary>
public sealed class Weighted : IPlacement
{
    private readonly RoundRobin _ties = new();

    public InstanceId Choose(IReadOnlyList<Candidate> candidates, InstanceId? last)
    {
        var best = new List<Candidate>(candidates.Count);
        foreach (var candidate in candidates)
        {
            var order = best.Count == 0 ? -1 : Compare(candidate, best[0]);
            if (order < 0)
            {
                best.Clear();
            }

            if (order <= 0)
            {
                best.Add(candidate);
            }
        }

        return _ties.Choose(best, last);
    }

    // Fractions are compared by cross-multiplication: exact, so that equals are equals.
    private static int Compare(Candidate one, Candidate other)
    {
        var load = ((one.ActiveJobs + 1L) * other.Weight).CompareTo((other.ActiveJobs + 1L) * one.Weight);
        return load != 0 ? load : other.Weight.CompareTo(one.Weight);
    }
}
