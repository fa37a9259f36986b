using System.Collections.Frozen;
using Status = Microsoft.AspNetCore.Http.StatusCodes;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The codes that problems carry: the status of each, and when it comes.</summary>
internal static class ProblemCodes
{
    /// <summary>What any operation may fail with.</summary>
    public static readonly string[] OfAny = ["internal_error", "busy", "store_unavailable", "bad_request", "cross_site"];

    public static FrozenDictionary<string, ProblemCode> All { get; } = new Dictionary<string, ProblemCode>
    {
        ["invalid_input"] = new(Status.Status400BadRequest, "A field is missing, out of range or no image."),
        ["image_url_failed"] = new(Status.Status400BadRequest, "An image given by its address cannot be fetched from there."),
        ["invalid_query"] = new(Status.Status400BadRequest, "A value in the query cannot be understood."),
        ["invalid_last_event_id"] = new(Status.Status400BadRequest, "The Last-Event-ID is none that this stream gave."),
        ["invalid_idempotency_key"] = new(Status.Status400BadRequest, "The key is not 1 to 255 printable characters."),
        ["invalid_json"] = new(Status.Status400BadRequest, "The body is not the JSON that is expected."),
        ["malformed_json"] = new(Status.Status400BadRequest, "The body is no JSON; the byte at fault is named."),
        ["malformed_multipart"] = new(Status.Status400BadRequest, "The parts of the body cannot be told apart."),
        ["malformed_form"] = new(Status.Status400BadRequest, "The form cannot be read."),
        ["bad_request"] = new(Status.Status400BadRequest, "The request is malformed or was cut off."),
        ["cross_site"] = new(Status.Status403Forbidden, "A page of another site asked, by somebody's browser."),
        ["loopback_only"] = new(Status.Status403Forbidden, "Only the machine of the service itself may do this."),
        ["raw_prompts_disabled"] = new(Status.Status403Forbidden, "ALLOW_RAW_PROMPTS does not allow graphs of your own."),
        ["not_found"] = new(Status.Status404NotFound, "There is nothing at this address."),
        ["unknown_job"] = new(Status.Status404NotFound, "There is no such job."),
        ["unknown_output"] = new(Status.Status404NotFound, "The job has no output of that number."),
        ["unknown_workflow"] = new(Status.Status404NotFound, "There is no such workflow; the message names those there are."),
        ["unknown_instance"] = new(Status.Status404NotFound, "There is no such instance."),
        ["already_ended"] = new(Status.Status409Conflict, "The job has ended."),
        ["cancelled"] = new(Status.Status409Conflict, "The job was cancelled, and has no result."),
        ["not_finished"] = new(Status.Status409Conflict, "The job has no outputs yet."),
        ["deleted"] = new(Status.Status410Gone, "The job of this submission has been deleted."),
        ["expired"] = new(Status.Status410Gone, "The result has expired and its files are gone."),
        ["payload_too_large"] = new(Status.Status413PayloadTooLarge, "The body is larger than MAX_UPLOAD_MB."),
        ["unsupported_media_type"] = new(Status.Status415UnsupportedMediaType, "The body's Content-Type is none of those taken."),
        ["not_json"] = new(Status.Status415UnsupportedMediaType, "The body is not sent as JSON."),
        ["idempotency_key_reused"] = new(Status.Status422UnprocessableEntity, "The key belongs to another request."),
        ["workflow_unsupported"] = new(Status.Status422UnprocessableEntity, "No instance can run the workflow; `missing` says why."),
        ["queue_full"] = new(Status.Status429TooManyRequests, "MAX_QUEUE_LENGTH jobs wait, or graphs of 256 kinds; Retry-After says how long to."),
        ["internal_error"] = new(Status.Status500InternalServerError, "A bug in the service; its log has the details."),
        ["busy"] = new(Status.Status503ServiceUnavailable, "The service did not answer in time, or fetches as many images as it can."),
        ["no_healthy_instance"] = new(Status.Status503ServiceUnavailable, "No instance can take a sync call now."),
        ["shutting_down"] = new(Status.Status503ServiceUnavailable, "The service is shutting down."),
        ["too_many_listeners"] = new(Status.Status503ServiceUnavailable, "MAX_EVENT_LISTENERS streams are open."),
        ["still_running"] = new(Status.Status503ServiceUnavailable, "The job's instance has not let go of it yet."),
        ["store_unavailable"] = new(Status.Status503ServiceUnavailable, "The store cannot be read or written."),
        ["sync_timeout"] = new(Status.Status504GatewayTimeout, "The job did not end in time; it goes on."),
        ["store_full"] = new(Status.Status507InsufficientStorage, "The service has no space left."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How a failed job is told: with the code of its own error, of which there are many.</summary>
    public static readonly ProblemCode[] OfFailedJobs =
    [
        new(Status.Status422UnprocessableEntity, "ComfyUI rejected the prompt, or a node failed on this input."),
        new(Status.Status500InternalServerError, "A bug in the service ended the job."),
        new(Status.Status502BadGateway, "The instances failed, each attempt anew."),
        new(Status.Status504GatewayTimeout, "The execution, or the wait in the queue, took too long."),
    ];
}

/// <summary>One code.</summary>
internal sealed record ProblemCode(int Status, string Meaning);
