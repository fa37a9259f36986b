using System.Collections.Frozen;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>What placement knows of one instance.</summary>
/// <param name="TakesWork">Up, its circuit closed or half-open with a trial to give, and not draining.</param>
/// <param name="MaxJobs">How many jobs it may run at once; a half-open one is given one more than it runs.</param>
public sealed record FleetMember(InstanceId Id, bool TakesWork, int ActiveJobs, int MaxJobs)
{
    /// <summary>How much work it should get compared with others, at least 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>The queues for whose jobs it is known to lack nodes, models or tags.</summary>
    public IReadOnlySet<QueueName> Lacks { get; init; } = FrozenSet<QueueName>.Empty;

    public bool HasFreeSlot => ActiveJobs < MaxJobs;

    public bool CanRun(QueueName queue) => TakesWork && !Lacks.Contains(queue);
}
