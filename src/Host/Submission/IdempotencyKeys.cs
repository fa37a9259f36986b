using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host.Submission;

/// <summary>Reads a client's <c>Idempotency-Key</c>, and tells it that its submission was one before.</summary>
internal static class IdempotencyKeys
{
    private const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";
    private const int Longest = 255;

    /// <param name="key">Null when there is none.</param>
    public static Problem? Read(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values) || values.Count == 0)
        {
            return null;
        }

        if (values is not [{ } only] || !IsUsable(only))
        {
            return Problem.Field(
                Header,
                $"the header '{Header}' is {Described(values)}; expected one of 1 to {Longest} printable ASCII characters",
                "invalid_idempotency_key");
        }

        key = only;
        return null;
    }

    public static void MarkReplayed(HttpResponse response) => response.Headers[Replayed] = "true";

    private static bool IsUsable(string key) =>
        key.Length is > 0 and <= Longest && key.All(character => character is >= ' ' and <= '~');

    private static string Described(Microsoft.Extensions.Primitives.StringValues values) => values switch
    {
        { Count: > 1 } => $"given {values.Count} times",
        [{ Length: > 0 and <= Longest }] => "not printable ASCII",
        [{ } only] => $"{only.Length} characters long",
        _ => "empty",
    };
}
