namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>All jobs.</summary>
internal static class ManagementOperations
{
    public static OperationText List { get; } = new OperationText(Tags.Managing, "listJobs", "Jobs, newest first")
        .Says("The filters combine.")
        .Query("status", "Only those.", Shapes.OneOf("pending", "processing", "completed", "failed", "cancelled"))
        .Query("type", "Only those of that workflow.")
        .Query("instance", "Only those whose last attempt is on that instance, by id or host.")
        .Query("limit", "How many at most.", Shapes.Integer(1, 500, 100))
        .Query("cursor", "The `next_cursor` of the page before.")
        .Answers(Examples.List)
        .Fails("invalid_query");

    public static OperationText Stats { get; } = new OperationText(Tags.Managing, "getJobStats", "How many jobs there are")
        .Answers(Examples.Stats);

    public static OperationText CleanUp { get; } = new OperationText(Tags.Managing, "cleanUpJobs", "Expire every ended job now")
        .Answers(Examples.CleanedUp);
}
