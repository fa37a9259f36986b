namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>Following and ending one job.</summary>
internal static class JobOperations
{
    public static OperationText Get { get; } = Status("getJob");

    public static OperationText GetStatus { get; } = Status("getJobStatus");

    public static OperationText Result { get; } = new OperationText(Tags.Following, "getJobResult", "What a job made")
        .Says("Without a first image, or as JSON, the outputs are links; where `Accept` prefers `image/*`, it is the image itself.")
        .Query("format", "`binary` for the image itself whatever `Accept` says.", Shapes.OneOf("binary", "json"))
        .Answers(Examples.Result, description: "The result.")
        .AnswersWith(MediaTypes.AnyImage, "Or the first output itself.")
        .Answers(Examples.Status, StatusCodes.Status202Accepted, "There is none yet; ask again after `Retry-After`.")
        .Fails("invalid_query", "unknown_job", "cancelled", "expired").FailsAsItsJob();

    public static OperationText Output { get; } = new OperationText(Tags.Following, "getJobOutput", "One output as bytes")
        .Says("With an ETag, and in ranges where they are asked for.")
        .AnswersWith(MediaTypes.Anything, "The output, under its own media type.")
        .AnswersWith(MediaTypes.Anything, "The range that was asked for.", StatusCodes.Status206PartialContent)
        .Fails("unknown_job", "unknown_output", "not_found", "not_finished", "cancelled", "expired").FailsAsItsJob();

    public static OperationText Cancel { get; } = new OperationText(Tags.Following, "cancelJob", "End a job early")
        .Says("A pending job never starts; a running one is interrupted on its instance.")
        .Answers(Examples.Cancelled, StatusCodes.Status202Accepted, "It is being cancelled.")
        .Fails("unknown_job", "already_ended", "expired", "shutting_down");

    public static OperationText Info { get; } = new OperationText(Tags.Following, "getJobInfo", "Everything about a job")
        .Says("Its status, its inputs without their bytes, and each attempt with its instance and outcome.")
        .Answers(Examples.Info)
        .Fails("unknown_job");

    public static OperationText Delete { get; } = new OperationText(Tags.Following, "deleteJob", "Forget a job and its files")
        .Says("One that runs is cancelled first.")
        .Answers(Examples.Deleted)
        .Fails("unknown_job", "still_running", "shutting_down");

    private static OperationText Status(string id) => new OperationText(Tags.Following, id, "Where a job is, and how far")
        .Query("wait", "Answer only when the job is newer than `since`, or has ended, or after so many seconds.", Shapes.Number(0, 60, 0))
        .Query("since", "The `version` of the status that is known already.", Shapes.Integer(0))
        .Answers(Examples.Status)
        .Fails("invalid_query", "unknown_job");
}
