using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AkkaComfy.Messages;
using Microsoft.AspNetCore.WebUtilities;

namespace AkkaComfy.Host.Problems;

/// <summary>Writes a <see cref="Problem"/> as <c>application/problem+json</c>.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var body = Body(problem, context.Request.Path, context.TraceIdentifier);
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Seconds(wait);
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>Whole seconds, rounded up, at least one.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static byte[] Body(Problem problem, string path, string requestId)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer, Json.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", Title(problem.Status));
            json.WriteNumber("status", problem.Status);
            json.WriteString("detail", problem.Error);
            json.WriteString("instance", path);
            json.WriteString("code", problem.Code);
            json.WriteString("error", problem.Error);
            json.WriteString("request_id", requestId);
            WriteOptional(json, "job_id", problem.JobId?.ToString());
            WriteOptional(json, "node_id", problem.NodeId);
            WriteOptional(json, "node_type", problem.NodeType);
            if (problem.Errors is { } errors)
            {
                json.WriteStartObject("errors");
                foreach (var (field, messages) in errors)
                {
                    WriteList(json, field, messages);
                }

                json.WriteEndObject();
            }

            if (!problem.Missing.IsEmpty)
            {
                WriteMissing(json, problem.Missing);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteMissing(Utf8JsonWriter json, ImmutableArray<InstanceLack> missing)
    {
        json.WriteStartArray("missing");
        foreach (var (instance, lack) in missing)
        {
            json.WriteStartObject();
            json.WriteString("instance", instance.Value);
            WriteList(json, "nodes", lack.Nodes);
            WriteList(json, "models", lack.Models);
            WriteList(json, "tags", lack.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Title(int status) =>
        ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";
}
