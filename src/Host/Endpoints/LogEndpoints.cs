using System.Text.Json;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Logging;
using AkkaComfy.Host.OpenApi;
using AkkaComfy.Host.OpenApi.Operations;
using AkkaComfy.Host.Problems;
using Microsoft.AspNetCore.Http.Features;
using Serilog.Events;

namespace AkkaComfy.Host.Endpoints;

/// <summary>How much the log says, shown and changed while the service runs; for this machine only.</summary>
internal static class LogEndpoints
{
    private const int LongestBody = 4096;
    private const double LongestTime = 86_400;
    private const string Default = "default";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var logs = routes.MapGroup("/api/logs").AddEndpointFilter(LoopbackOnly.FilterAsync);
        logs.MapGet("/level", Show).Describe(LogOperations.Show);
        logs.MapPut("/level", ChangeAsync).Describe(LogOperations.Change);
    }

    private static Answer<LogLevelBody> Show(LogLevels levels) =>
        new(LogLevelBody.Of(levels.Show()), LogJson.Default.LogLevelBody);

    private static async Task<IResult> ChangeAsync(HttpRequest request, LogLevels levels)
    {
        if ((await ReadAsync(request)).Failed(out var problem, out var change))
        {
            return new ProblemResult(problem);
        }

        if (WrongIn(change) is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        levels.Set(
            change.Source,
            LogLevelNames.TryParse(change.Level!, out var level) ? level : null,
            change.For is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return Show(levels);
    }

    private static async Task<Try<LogLevelChange>> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return new Problem(
                StatusCodes.Status415UnsupportedMediaType, "not_json", "The body has to be application/json.");
        }

        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LongestBody;
        try
        {
            return await JsonSerializer.DeserializeAsync(
                    request.Body, LogJson.Default.LogLevelChange, request.HttpContext.RequestAborted)
                is { } change ? change : Malformed("it is null");
        }
        catch (JsonException malformed)
        {
            return Malformed(malformed.Message);
        }
    }

    private static Problem Malformed(string why) => new(
        StatusCodes.Status400BadRequest, "invalid_json",
        $"The body is not an object with 'level', and 'for' and 'source' where wanted: {why.TrimEnd('.')}.");

    private static Problem? WrongIn(LogLevelChange change)
    {
        if (change.Level != Default && !(change.Level is { } name && LogLevelNames.TryParse(name, out LogEventLevel _)))
        {
            return Wrong("level", change.Level, $"{string.Join(", ", LogLevelNames.All.Select(level => level.Name))} or {Default}");
        }

        if (change.For is { } seconds && seconds is not (>= 1 and <= LongestTime))
        {
            return Wrong("for", $"{seconds}", $"seconds from 1 to {LongestTime:0}");
        }

        return change.Source is { } source && !LogLevels.SourceNames.Contains(source, StringComparer.Ordinal)
            ? Wrong("source", source, string.Join(", ", LogLevels.SourceNames))
            : null;
    }

    private static Problem Wrong(string field, string? value, string expected) => Problem.Field(
        field, $"'{field}' is {(value is null ? "missing" : $"'{value}'")}; expected {expected}");
}
