using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Which jobs are wanted: what is null does not matter.</summary>
public sealed record JobFilter(
    JobPhase? Phase = null, WorkflowName? Workflow = null, InstanceId? Instance = null)
{
    public bool Admits(JobGroup group) =>
        (Phase is null || Phase == group.Phase)
        && (Workflow is null || Workflow == group.Workflow)
        && (Instance is null || Instance == group.Instance);
}

/// <summary>The unexpired jobs that have these three in common.</summary>
/// <param name="Instance">Where they run or ended; null while they wait, and for those that ended while waiting.</param>
public sealed record JobGroup(JobPhase Phase, WorkflowName Workflow, InstanceId? Instance)
{
    public static JobGroup Of(Job job) => new(
        job.Phase, job.Workflow, job.Phase == JobPhase.Pending ? null : job.LastAttempt?.On);
}

/// <summary>How many jobs are in a group; at least one.</summary>
public sealed record JobCount(JobGroup Group, int Jobs);

/// <summary>Some of the unexpired jobs that a filter admits, newest first.</summary>
/// <param name="Total">All that the filter admits, on this page or not.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record JobPage(IReadOnlyList<Job> Jobs, int Total, long? Next);
