using AkkaComfy.Messages;

namespace AkkaComfy.Core.Events;

/// <summary>Which events of the stream of all a listener wants; null for any.</summary>
/// <param name="Workflow">Of jobs; instances are told of all the same.</param>
/// <param name="Instance">Of instances, and of jobs that run there or last did.</param>
public sealed record EventFilter(WorkflowName? Workflow = null, InstanceId? Instance = null)
{
    public static EventFilter None { get; } = new();

    public bool Wants(LiveEvents.IEvent what) => what switch
    {
        LiveEvents.JobChanged change => Wants(change.Workflow, change.On),
        LiveEvents.JobProgressed progressed => Wants(progressed.Workflow, progressed.On),
        LiveEvents.InstanceChanged changed => Wants(changed.Now.Id),
        _ => true,
    };

    public bool Wants(WorkflowName workflow, InstanceId? on) =>
        (Workflow is null || Workflow == workflow) && (Instance is null || Instance == on);

    public bool Wants(InstanceId instance) => Instance is null || Instance == instance;
}
