using System.Globalization;
using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints.Listing;

/// <summary>Which jobs a client wants listed, and how many at a time.</summary>
/// <param name="Instance">Id or host, as the client wrote it.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
internal sealed record ListQuery(JobPhase? Phase, string? Type, string? Instance, int Limit, long? After)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    private static readonly Dictionary<string, JobPhase> Phases =
        Enum.GetValues<JobPhase>().ToDictionary(SnakeCase.Of, StringComparer.OrdinalIgnoreCase);

    public static Try<ListQuery> Of(HttpRequest request)
    {
        var (status, limit, cursor) =
            (Query.Find(request, "status"), Query.Find(request, "limit"), Query.Find(request, "cursor"));
        var phase = JobPhase.Pending;
        if (status is not null && !Phases.TryGetValue(status, out phase))
        {
            return Query.Bad("status", status, $"one of {string.Join(", ", Phases.Keys)}");
        }

        var size = DefaultLimit;
        if (limit is not null && !(IsWhole(limit, out size) && size is >= 1 and <= MaxLimit))
        {
            return Query.Bad("limit", limit, $"a whole number from 1 to {MaxLimit}");
        }

        var after = 0L;
        if (cursor is not null && !PageCursor.TryRead(cursor, out after))
        {
            return Query.Bad("cursor", cursor, "the next_cursor of an earlier page, unchanged");
        }

        return new ListQuery(
            status is null ? null : phase, Query.Find(request, "type"), Query.Find(request, "instance"), size,
            cursor is null ? null : after);
    }

    private static bool IsWhole(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
