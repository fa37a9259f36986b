namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>Making a job.</summary>
internal static class SubmitOperations
{
    private static readonly string[] Refusals =
    [
        "invalid_input", "image_url_failed", "invalid_query", "invalid_idempotency_key", "malformed_json", "malformed_multipart",
        "malformed_form", "unknown_workflow", "deleted", "payload_too_large", "unsupported_media_type",
        "idempotency_key_reused", "workflow_unsupported", "queue_full", "shutting_down", "store_unavailable", "store_full",
    ];

    public static OperationText Run { get; } = Submission("run", "wait for the result")
        .Says("Answers when the job has ended: as JSON with the first image inline, or, where `Accept` prefers `image/*`, "
            + "with the image itself. A client that hangs up cancels its job, unless it sent an Idempotency-Key.")
        .Query("async", "`true` answers at once, with a job to follow.", Shapes.OneOf("true", "false"))
        .Query("mode", "`async` is the same as `async=true`.", Shapes.OneOf("async", "sync"))
        .Query("format", "`binary` for the image itself whatever `Accept` says.", Shapes.OneOf("binary", "json"))
        .Answers(Examples.Result, description: "The result.")
        .AnswersWith(MediaTypes.AnyImage, "Or the image itself.")
        .Answers(Examples.Accepted, description: "With `async` and an Idempotency-Key that has made a job before: that job.")
        .Answers(Examples.Accepted, StatusCodes.Status202Accepted, "With `async`: the job.")
        .Fails(Refusals).Fails("cancelled", "expired", "no_healthy_instance", "sync_timeout").FailsAsItsJob();

    public static OperationText Submit { get; } = Submission("submit", "a job to follow")
        .Says("Answers as soon as the job is recorded. With no healthy instance, it waits for one.")
        .Answers(Examples.Accepted, description: "An earlier submission with this Idempotency-Key made the job.")
        .Answers(Examples.Accepted, StatusCodes.Status202Accepted, "The job.")
        .Fails(Refusals);

    public static OperationText Prompt { get; } = Submission("runPrompt", "Run a graph of your own")
        .Says("As ComfyUI's own `POST /prompt` takes it, with images in `files` for the nodes that name them. Answers "
            + "with the job, or with `sync` when it has ended. Open only where ALLOW_RAW_PROMPTS allows it.")
        .Query("sync", "`true` waits for the result.", Shapes.OneOf("true", "false"))
        .Query("mode", "`sync` is the same as `sync=true`.", Shapes.OneOf("async", "sync"))
        .Query("format", "With `sync`, `binary` for the image itself whatever `Accept` says.", Shapes.OneOf("binary", "json"))
        .Takes("The graph in API format, and images in base64.", Examples.Prompt)
        .Answers(Examples.Result, description: "With `sync`: the result.")
        .AnswersWith(MediaTypes.AnyImage, "With `sync`: or the image itself.")
        .Answers(Examples.Accepted, description: "An earlier submission with this Idempotency-Key made the job.")
        .Answers(Examples.Accepted, StatusCodes.Status202Accepted, "The job.")
        .Fails([.. Refusals.Except(["malformed_multipart", "malformed_form", "unknown_workflow"])])
        .Fails("raw_prompts_disabled", "cancelled", "expired", "no_healthy_instance", "sync_timeout").FailsAsItsJob();

    private static OperationText Submission(string id, string summary) => new OperationText(Tags.Submitting, id, summary)
        .Header("Idempotency-Key", "1 to 255 printable ASCII characters: the same key with the same request gets the same job.");
}
