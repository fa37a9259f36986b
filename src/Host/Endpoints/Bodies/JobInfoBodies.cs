using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>One job in full as clients see it: pure translations.</summary>
internal static class JobInfoBodies
{
    /// <param name="retention">How long an ended job is kept.</param>
    public static JobInfoBody Of(Job job, StatusBody status, TimeSpan retention) => new(status)
    {
        Priority = job.Priority,
        CancelRequested = job.CancelRequested,
        ExpiresAt = (job.ExpiredAt ?? job.EndedAt + retention)?.UtcDateTime,
        Inputs = job.Inputs.Values.ToDictionary(input => input.Key, input => Input(input.Value), StringComparer.Ordinal),
        Attempts = [.. job.Attempts.Select(attempt => Attempt(job, attempt))],
        Outputs =
        [
            .. job.Outputs.Select(output => new JobOutputBody(
                output.Index, output.NodeId, output.Kind, output.FileName, output.Blob.MediaType, output.Blob.Size,
                Routes.Output(job.Id, output.Index))),
        ],
    };

    private static JobInputBody Input(InputValue value) => value switch
    {
        InputValue.Image image => new JobInputBody("image")
        {
            MediaType = image.Blob.MediaType,
            Size = image.Blob.Size,
            Width = image.Width,
            Height = image.Height,
            Sha256 = image.Blob.Id.Value,
        },
        InputValue.Graph graph => new JobInputBody("graph")
        {
            MediaType = graph.Blob.MediaType,
            Size = graph.Blob.Size,
            Sha256 = graph.Blob.Id.Value,
        },
        InputValue.Text text => new JobInputBody("string") { Value = text.Value },
        InputValue.Integer whole => new JobInputBody("integer") { Value = whole.Value },
        InputValue.Number number => new JobInputBody("number") { Value = number.Value },
        InputValue.Flag flag => new JobInputBody("boolean") { Value = flag.Value },
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "an input without a translation"),
    };

    private static AttemptBody Attempt(Job job, Attempt attempt) => new(
        attempt.Number, attempt.On.Value, attempt.PromptId.Value, attempt.DispatchedAt.UtcDateTime,
        attempt.StartedAt?.UtcDateTime, attempt.EndedAt?.UtcDateTime, Outcome(job, attempt),
        attempt.Fault is { } fault ? Fault(fault) : null);

    private static string Outcome(Job job, Attempt attempt) => attempt switch
    {
        { EndedAt: null } => "running",
        _ when attempt.Number < job.Attempts.Length => "requeued",
        { Fault: not null } when job.Phase is not JobPhase.Failed => "requeued",
        _ => SnakeCase.Of(job.Phase),
    };

    private static FaultBody Fault(JobError fault) => new(
        fault.Code, fault.Message, SnakeCase.Of(fault.Blame), fault.NodeId, fault.NodeType, fault.ExceptionType,
        fault.WorkerDied, fault.ChargesAttempt);
}
