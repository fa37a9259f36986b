using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Status = Microsoft.AspNetCore.Http.StatusCodes;

namespace AkkaComfy.Host.Problems;

/// <summary>The one place where refusals, failed jobs and exceptions become HTTP.</summary>
internal static class ProblemMapping
{
    /// <summary>What a client without a better hint waits before it tries again.</summary>
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    public static Problem From(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.UnknownJob => new Problem(Status.Status404NotFound, "unknown_job", refusal.Message),
        RefusalReason.UnknownWorkflow => new Problem(Status.Status404NotFound, "unknown_workflow", refusal.Message),
        RefusalReason.UnknownInstance => new Problem(Status.Status404NotFound, "unknown_instance", refusal.Message),
        RefusalReason.AlreadyEnded => new Problem(Status.Status409Conflict, "already_ended", refusal.Message),
        RefusalReason.WorkflowUnsupported =>
            new Problem(Status.Status422UnprocessableEntity, "workflow_unsupported", refusal.Message)
            {
                Missing = refusal.Missing,
            },
        RefusalReason.KeyReused =>
            new Problem(Status.Status422UnprocessableEntity, "idempotency_key_reused", refusal.Message),
        RefusalReason.QueueFull => Later(Status.Status429TooManyRequests, "queue_full", refusal),
        RefusalReason.NoHealthyInstance => Later(Status.Status503ServiceUnavailable, "no_healthy_instance", refusal),
        RefusalReason.ShuttingDown => Later(Status.Status503ServiceUnavailable, "shutting_down", refusal),
        RefusalReason.TooManyListeners => Later(Status.Status503ServiceUnavailable, "too_many_listeners", refusal),
        RefusalReason.StoreFull => Later(Status.Status507InsufficientStorage, "store_full", refusal),
        RefusalReason.StoreUnavailable => Later(Status.Status503ServiceUnavailable, "store_unavailable", refusal),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Reason, "a refusal without a mapping"),
    };

    /// <summary>The status of a job's failure, decided by whose fault it was.</summary>
    public static Problem From(JobError error, JobId job) => new(StatusOf(error), error.Code, error.Message)
    {
        JobId = job,
        NodeId = error.NodeId,
        NodeType = error.NodeType,
    };

    /// <summary>What the log says in detail, without the paths that only its readers should see.</summary>
    public static Problem From(StoreUnavailableException store) => From(store.Fault == StoreFault.Full
        ? new Refusal(RefusalReason.StoreFull, "The service has no space left to store anything; try again later.")
        : new Refusal(RefusalReason.StoreUnavailable, "The store of the service is not available; try again later."));

    public static Problem UnknownJob(string id) =>
        new(Status.Status404NotFound, "unknown_job", $"There is no job '{Shortened(id)}'.");

    public static Problem UnknownWorkflow(string name, IEnumerable<string> known) => new(
        Status.Status404NotFound, "unknown_workflow",
        $"There is no workflow '{Shortened(name)}'; there are: {string.Join(", ", known)}.");

    public static Problem Cancelled(JobId id) =>
        new(Status.Status409Conflict, "cancelled", "The job was cancelled.") { JobId = id };

    public static Problem Expired(Job job) =>
        new(Status.Status410Gone, "expired", "The job's result has expired and its files are gone.") { JobId = job.Id };

    public static Problem DeletedSince(JobId id) => new(
        Status.Status410Gone, "deleted", "The job of this submission has been deleted.") { JobId = id };

    public static Problem SyncTimeout(JobId id) => new(
        Status.Status504GatewayTimeout, "sync_timeout",
        $"The job did not finish in time for a sync call; it goes on. Follow /api/jobs/{id}/status.") { JobId = id };

    /// <summary>To a sync caller whose job does not end before the service does.</summary>
    public static Problem LeftBehind(JobId id) => Later(Status.Status503ServiceUnavailable, "shutting_down", new Refusal(
        RefusalReason.ShuttingDown,
        $"The service is shutting down; the job goes on once it is back. Follow /api/jobs/{id}/status.")) with { JobId = id };

    /// <summary>The same where jobs end with the process.</summary>
    public static Problem Lost { get; } = Later(Status.Status503ServiceUnavailable, "shutting_down", new Refusal(
        RefusalReason.ShuttingDown,
        "The service is shutting down, and the job ends with it; submit it again in a while."));

    public static Problem Busy { get; } = new(
        Status.Status503ServiceUnavailable, "busy", "The service did not answer in time; try again.")
    {
        RetryAfter = SoonAgain,
    };

    /// <summary>For a response that some middleware left without a body.</summary>
    public static Problem FromStatus(int status, HttpRequest request) => status switch
    {
        Status.Status404NotFound =>
            new Problem(status, "not_found", $"There is nothing at {Shortened(request.Path)}."),
        Status.Status405MethodNotAllowed => new Problem(
            status, "method_not_allowed", $"{request.Method} is not possible at {Shortened(request.Path)}."),
        _ => new Problem(status, "refused", "The request was refused."),
    };

    public static Problem From(BadHttpRequestException bad) => bad.StatusCode switch
    {
        Status.Status413PayloadTooLarge => new Problem(
            bad.StatusCode, "payload_too_large", "The request's body is larger than the service accepts."),
        Status.Status408RequestTimeout => new Problem(
            bad.StatusCode, "request_timeout", "The request's body came too slowly."),
        _ => new Problem(bad.StatusCode, "bad_request", "The request is malformed or was cut off."),
    };

    public static Problem Internal { get; } = new(
        Status.Status500InternalServerError, "internal_error", "A bug in the service; its log has the details.");

    private static int StatusOf(JobError error) => error switch
    {
        { Code: "queue_timeout" } or { Blame: Blame.Timeout } => Status.Status504GatewayTimeout,
        { Blame: Blame.Client or Blame.WorkerThisJob } => Status.Status422UnprocessableEntity,
        { Blame: Blame.Us } => Status.Status500InternalServerError,
        _ => Status.Status502BadGateway,
    };

    private static Problem Later(int status, string code, Refusal refusal) =>
        new(status, code, refusal.Message) { RetryAfter = refusal.RetryAfter ?? SoonAgain };

    /// <summary>What a client sent is quoted, but never at length.</summary>
    private static string Shortened(string? text) => text switch
    {
        null => "",
        { Length: > 80 } => $"{text[..80]}…",
        _ => text,
    };
}
