using AkkaComfy.Messages;

namespace AkkaComfy.Core.Placement;

/// <summary>What placement knows of one instance.</summary>
/// <param name="TakesWork">Up, its circuit closed or half-open with a trial to give, and not draining.</param>
/// <param name="MaxJobs">How many jobs it may run at once; a half-open one is given one more than it runs.</param>
public sealed record FleetMember(InstanceId Id, bool TakesWork, int ActiveJobs, int MaxJobs)
{
    /// <summary>Workflows whose nodes or models it lacks.</summary>
    public IReadOnlySet<WorkflowName> Lacks { get; init; } = new HashSet<WorkflowName>();

    public bool HasFreeSlot => ActiveJobs < MaxJobs;

    public bool CanRun(WorkflowName workflow) => TakesWork && !Lacks.Contains(workflow);
}
