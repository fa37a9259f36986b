using System.Net;
using System.Text;
using System.Text.Json;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>The service answered with a problem instead of what was asked for.</summary>
/// <param name="retryAfter">When it is worth asking again; null unless the service says so.</param>
/// <param name="document">The problem as the service wrote it; null if it wrote none.</param>
internal sealed class RefusedException(
    HttpStatusCode status, string code, string message, TimeSpan? retryAfter = null, JsonElement? document = null)
    : CommandException(ExitCodes.Failure, code, message)
{
    private const int LongestProblem = 1 << 20;

    public HttpStatusCode Status { get; } = status;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public JsonElement? Document { get; } = document;

    /// <summary>Worth repeating: the service was too busy, or about to stop.</summary>
    public bool IsPassing => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    public static async Task<RefusedException> FromAsync(
        HttpResponseMessage answer, Stream content, TimeProvider time, CancellationToken cancellationToken)
    {
        var retryAfter = answer.Headers.RetryAfter switch
        {
            { Delta: { } wait } => wait,
            { Date: { } at } => at - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        var body = IsJson(answer) ? await ReadAsync(content, cancellationToken) : null;
        return body is { ValueKind: JsonValueKind.Object } problem
            ? new RefusedException(
                answer.StatusCode, problem.Text("code") ?? "problem", Sentence(problem, answer), retryAfter, problem)
            : new RefusedException(answer.StatusCode, "problem", Unexplained(answer), retryAfter);
    }

    /// <summary>What is wrong, and with which fields where there are several.</summary>
    private static string Sentence(JsonElement problem, HttpResponseMessage answer)
    {
        var sentence = new StringBuilder(problem.Text("error") ?? problem.Text("title") ?? Unexplained(answer));
        if (problem.Member("errors") is { ValueKind: JsonValueKind.Object } fields)
        {
            var first = sentence.ToString().TrimEnd('.');
            foreach (var message in fields.EnumerateObject()
                .SelectMany(field => field.Value.EnumerateArray())
                .Select(message => message.ToString().TrimEnd('.'))
                .Where(message => message != first))
            {
                sentence.Append(' ').Append(message).Append('.');
            }
        }

        return sentence.ToString();
    }

    private static string Unexplained(HttpResponseMessage answer)
    {
        var path = answer.RequestMessage?.RequestUri?.AbsolutePath;
        return $"{path} was answered {(int)answer.StatusCode} {answer.ReasonPhrase}.";
    }

    private static bool IsJson(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is true;

    /// <returns>Null for what is too long to be one, whether or not it says so before.</returns>
    private static async Task<JsonElement?> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var problem = new byte[LongestProblem + 1];
        var length = await content.ReadAtLeastAsync(
            problem, problem.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > LongestProblem)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(problem.AsMemory(0, length));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
