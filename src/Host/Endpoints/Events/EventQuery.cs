using System.Globalization;
using AkkaComfy.Core.Events;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>What a client asks of a stream of events, and what it has heard before.</summary>
internal static class EventQuery
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Whether the client wants previews.</summary>
    public static Problem? Previews(HttpRequest request, out bool wanted)
    {
        var word = Query.Find(request, "previews")?.ToLowerInvariant();
        wanted = word is "true" or "1";
        return word is null or "true" or "1" or "false" or "0" ? null : Query.Bad("previews", word, "true or false");
    }

    /// <summary>In the stream of one job ids are its versions.</summary>
    /// <param name="version">0 for none.</param>
    public static Problem? Heard(HttpRequest request, out int version)
    {
        version = 0;
        var id = request.Headers[LastEventId].ToString();
        return id.Length == 0 || int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out version)
            ? null
            : BadId(id, "the id of an event of this job's stream, a whole number");
    }

    /// <param name="heard">Null for none.</param>
    public static Problem? Heard(HttpRequest request, out StreamPosition? heard)
    {
        var id = request.Headers[LastEventId].ToString();
        heard = StreamPosition.TryParse(id, out var parsed) ? parsed : null;
        return id.Length == 0 || heard is not null ? null : BadId(id, "the id of an event of this stream");
    }

    private static Problem BadId(string id, string expected) => Problem.Field(
        LastEventId, $"The header {LastEventId} is '{(id.Length > 40 ? $"{id[..40]}…" : id)}'; expected {expected}",
        "invalid_last_event_id");
}
