using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AkkaComfy.Host.Http;

/// <summary>A small JSON answer, sent with its length.</summary>
internal sealed class Answer<T>(T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) : IResult
{
    public string? Location { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Problems.ProblemResult.Seconds(wait);
        }

        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
