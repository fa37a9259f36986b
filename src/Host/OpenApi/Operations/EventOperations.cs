namespace AkkaComfy.Host.OpenApi.Operations;

/// <summary>Following what happens, live.</summary>
internal static class EventOperations
{
    private const string LastEventId = "Last-Event-ID";

    public static OperationText OfJob { get; } = new OperationText(Tags.Following, "followJob", "A job, live")
        .Says("Server-Sent Events: `status`, `progress` and `preview`, and one last `completed`, `failed` or `cancelled`, "
            + "with which the stream ends. Who knows the end already is answered 204, which tells a browser to stop.")
        .Query("previews", "Whether images of what it is making are sent too.", Shapes.Flag())
        .Header(LastEventId, "The id of the last event heard, a version of the job: only what is newer is sent.", Shapes.Integer(0))
        .AnswersWith(MediaTypes.EventStream, "How the job is, then what happens to it.")
        .Fails("invalid_query", "invalid_last_event_id", "unknown_job", "expired", "too_many_listeners", "shutting_down");

    public static OperationText OfAll { get; } = new OperationText(Tags.Managing, "followAll", "All jobs and instances, live")
        .Says("Server-Sent Events: `status`, `progress`, `completed`, `failed`, `cancelled` and `removed` of jobs, `instance` of "
            + "instances, and `reset` where what follows is how things are.")
        .Query("type", "Only jobs of that workflow.")
        .Query("instance", "Only that instance, and jobs whose last attempt is on it, by id or host.")
        .Header(LastEventId, "The id of the last event heard: the stream goes on from there, if that is still known.")
        .AnswersWith(MediaTypes.EventStream, "How things are, or what was missed; then what happens.")
        .Fails("invalid_query", "invalid_last_event_id", "too_many_listeners", "shutting_down");
}
