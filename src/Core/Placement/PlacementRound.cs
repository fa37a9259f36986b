using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>A job and the instance that is to run it.</summary>
public readonly record struct Pick(JobId Job, InstanceId On);

/// <summary>What one round decided.</summary>
/// <param name="Last">To be handed to the next round, so that turns go on.</param>
public sealed record Placed(ImmutableArray<Pick> Picks, InstanceId? Last);

/// <summary>Pairs waiting jobs with free slots: the first in the window is served first.</summary>
public static class PlacementRound
{
    /// <param name="window">Ordered: highest priority first, then oldest.</param>
    /// <param name="maxActive">How many jobs may run in all (<c>MAX_CONCURRENT_JOBS</c>).</param>
    public static Placed Run(
        IEnumerable<WaitingJob> window,
        IEnumerable<FleetMember> fleet,
        int maxActive,
        IPlacement policy,
        InstanceId? last)
    {
        var members = fleet.OrderBy(member => member.Id).ToArray();
        var room = maxActive - members.Sum(member => member.ActiveJobs);
        var slots = members.Where(member => member.TakesWork)
            .Sum(member => Math.Max(0, member.MaxJobs - member.ActiveJobs));
        var left = Math.Min(room, slots);
        var picks = ImmutableArray.CreateBuilder<Pick>();
        foreach (var job in window)
        {
            if (picks.Count >= left)
            {
                break;
            }

            var candidates = CandidatesFor(job, members);
            if (candidates.Count == 0)
            {
                continue;
            }

            var chosen = policy.Choose(candidates, last);
            picks.Add(new Pick(job.Id, chosen));
            last = chosen;
            var index = Array.FindIndex(members, member => member.Id == chosen);
            members[index] = members[index] with { ActiveJobs = members[index].ActiveJobs + 1 };
        }

        return new Placed(picks.ToImmutable(), last);
    }

    // A busy alternative is worth waiting for: the instance that failed the job is not used while another can run it.
    private static List<Candidate> CandidatesFor(WaitingJob job, FleetMember[] members)
    {
        var able = members.Where(member => member.CanRun(job.Queue)).ToArray();
        var avoid = able.Any(member => member.Id != job.Avoid) ? job.Avoid : null;
        return [.. able.Where(member => member.HasFreeSlot && member.Id != avoid)
            .Select(member => new Candidate(member.Id, member.ActiveJobs, member.Weight))];
    }
}
