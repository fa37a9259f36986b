using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Execution;

/// <summary>Turns what the protocol client reports into what a job remembers.</summary>
public static class Faults
{
    /// <summary>The worker thread is dead though HTTP lives: only work done proves it cured.</summary>
    public const string DeadWorkerCode = "worker_dead";

    /// <summary>The CUDA context is broken: the same.</summary>
    public const string CudaFaultCode = "cuda_fault";

    public const string OutOfMemoryCode = "out_of_memory";

    /// <summary>What went wrong in a piped task: the client's classified fault, or a defect of ours.</summary>
    public static ComfyFault Of(Exception exception) => exception switch
    {
        ComfyException comfy => comfy.Fault,
        AggregateException { InnerExceptions: [var only] } => Of(only),
        _ => new ComfyFault(ComfyCause.Defect, ComfyUI.Blame.Us, exception.Message),
    };

    public static JobError ToJobError(this ComfyFault fault, InstanceId on) =>
        new(Code(fault), (Messages.Blame)fault.Blame, fault.Message)
        {
            NodeId = fault.NodeId ?? fault.NodeErrors.FirstOrDefault()?.NodeId,
            NodeType = fault.NodeType ?? fault.NodeErrors.FirstOrDefault()?.ClassType,
            ExceptionType = fault.ExceptionType,
            Instance = on,
        };

    public static JobError Vanished(InstanceId on) =>
        new("prompt_vanished", Messages.Blame.Worker, "The prompt is in neither queue nor history: the instance lost it.")
        {
            Instance = on,
        };

    public static JobError HeadStuck(InstanceId on, TimeSpan limit) =>
        new(DeadWorkerCode, Messages.Blame.Worker,
            $"The head of the instance's queue has not moved for {limit.TotalSeconds:0.#} s: its worker is dead.")
        {
            Instance = on, ChargesAttempt = false,
        };

    public static JobError TimedOut(InstanceId on, TimeSpan limit) =>
        new("timeout", Messages.Blame.Timeout, $"The execution took longer than {limit.TotalMilliseconds:0} ms.")
        {
            Instance = on,
        };

    public static JobError WorkflowChanged(WorkflowName workflow, string reason) =>
        new("workflow_changed", Messages.Blame.Client,
            $"The workflow '{workflow}' was changed after the job was accepted, and does not fit it any more: {reason}.");

    public static JobError DeadWorker(InstanceId on, TimeSpan grace) =>
        new(DeadWorkerCode, Messages.Blame.Worker,
            $"The instance did not honour an interrupt within {grace.TotalSeconds:0.#} s: its worker is dead.")
        {
            Instance = on, WorkerDied = true,
        };

    private static string Code(ComfyFault fault) => fault.Cause switch
    {
        ComfyCause.ValidationRejected => "workflow_rejected",
        ComfyCause.BadInput or ComfyCause.NodeFailed => "execution_error",
        ComfyCause.OutOfMemory => OutOfMemoryCode,
        ComfyCause.Interrupted => "interrupted",
        ComfyCause.Vanished => "prompt_vanished",
        ComfyCause.CudaFault => CudaFaultCode,
        ComfyCause.Defect => "internal_error",
        var cause => ToSnakeCase(cause.ToString()),
    };

    private static string ToSnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
