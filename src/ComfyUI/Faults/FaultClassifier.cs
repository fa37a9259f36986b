namespace AkkaComfy.ComfyUI;

/// <summary>
/// The one place that says what a failure was and whose fault: of an execution, of an answer, of the connection, or
/// of the way a prompt ended. Messages are bounded; tracebacks and inputs never get in.
/// </summary>
public static partial class FaultClassifier
{
    private const int MaxMessageLength = 2000;

    /// <summary>The fault of any exception; one that nobody classified is a defect of ours.</summary>
    public static ComfyFault Of(Exception exception) => Carried(exception)
        ?? new ComfyFault(ComfyCause.Defect, Blame.Us, Bounded($"{exception.GetType().Name}: {exception.Message}"));

    /// <summary>Neither in the queue nor in the history: restarted, cleared, or evicted.</summary>
    public static ComfyFault Vanished(string promptId) => new(
        ComfyCause.Vanished, Blame.Worker, $"Prompt {promptId} is neither in the queue nor in the history.");

    /// <summary>It took too long, and stopped when interrupted.</summary>
    public static ComfyFault DeadlinePassed(TimeSpan allowed) => new(
        ComfyCause.DeadlinePassed, Blame.Timeout, $"The execution took longer than {allowed.TotalSeconds:0.###} s.");

    /// <summary>It took too long and did not stop: the worker thread is dead or hangs.</summary>
    public static ComfyFault WorkerStuck(TimeSpan allowed, TimeSpan grace) => new(
        ComfyCause.WorkerStuck,
        Blame.Worker,
        $"The execution took longer than {allowed.TotalSeconds:0.###} s and ignored an interrupt for "
        + $"{grace.TotalSeconds:0.###} s.");

    public static ComfyFault Interrupted(string? nodeId, string? nodeType) => new(
        ComfyCause.Interrupted, Blame.Interrupted, $"Interrupted{At(nodeId, nodeType)}.")
    {
        NodeId = nodeId,
        NodeType = nodeType,
    };

    /// <summary>It succeeded, yet none of the outputs that were wanted is there.</summary>
    public static ComfyFault NoOutputs(string wanted) => new(
        ComfyCause.NoOutputs, Blame.WorkerThisJob, Bounded($"The execution succeeded without the output {wanted}."));

    /// <summary>A server of 2023 keeps no status: without outputs only the socket can have said why.</summary>
    public static ComfyFault EndedSilently() => new(
        ComfyCause.NoOutputs,
        Blame.WorkerThisJob,
        "The execution ended without outputs and the server does not say why.");

    internal static ComfyFault EndedWithout(string? status) => new(
        ComfyCause.NodeFailed, Blame.WorkerThisJob, Bounded($"The execution ended as '{status}' without a reason."));

    /// <summary>The text, cut to a length that may be stored, logged and shown.</summary>
    internal static string Bounded(string text, int length = MaxMessageLength)
    {
        text = text.Trim();
        return text.Length <= length ? text : text[..length] + "…";
    }

    private static ComfyFault? Carried(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is ComfyException { Fault: var fault })
            {
                return fault;
            }
        }

        return null;
    }

    private static string At(string? nodeId, string? nodeType) =>
        nodeId is null ? "" : $" at node {nodeId}{(nodeType is null ? "" : $" ({nodeType})")}";
}
