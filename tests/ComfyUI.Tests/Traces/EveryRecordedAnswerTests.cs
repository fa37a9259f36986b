using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Puts every recorded answer in front of the client call it belongs to.</summary>
public sealed class EveryRecordedAnswerTests
{
    /// <summary>Routes and methods we do not use, and three answers of which only the size was recorded.</summary>
    private static readonly string[] NeverAsked =
    [
        "DELETE /queue 405", "GET /", "GET /api/etn/languages", "GET /api/etn/model_info",
        "GET /api/etn/model_info/upscale_models", "GET /api/prompt 404", "GET /embeddings", "GET /extensions",
        "GET /features", "GET /features 404", "GET /history", "GET /history/ae140a76-f9bc-4cf0-9fe8-08d0e9aaf1e1",
        "GET /internal/files/bad 400", "GET /internal/files/output", "GET /internal/logs", "GET /interrupt 404",
        "GET /models", "GET /models 404", "GET /models/nosuch 404", "GET /models/upscale_models", "GET /nosuch 404",
        "GET /object_info", "GET /users", "GET /view_metadata/checkpoints 404", "GET /ws 400", "POST /free 405",
        "PUT /prompt 405",
    ];

    public static TheoryData<string> Traces { get; } = [.. TraceFile.Names];

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task Every_recorded_answer_is_understood_or_classified(string trace)
    {
        foreach (var answer in TraceFile.Read(trace).Where(e => e is { Kind: "http", Status: not null }))
        {
            if (Call(answer) is not { } call)
            {
                continue;
            }

            var fault = await FaultOfAsync(answer, call);
            if (answer.Status is 200 or 206)
            {
                Assert.True(fault is null, $"{answer}: {fault}");
            }
            else
            {
                Assert.True(Fits(answer.Status!.Value, fault), $"{answer}: {fault}");
            }
        }
    }

    [Fact]
    public void What_the_client_never_asks_is_named_here()
    {
        var skipped = TraceFile.Names.SelectMany(TraceFile.Read)
            .Where(e => e is { Kind: "http", Status: not null } && Call(e) is null)
            .Select(e => $"{e.Method} {e.Path.Split('?')[0]} {(e.Status is 200 ? "" : e.Status)}".TrimEnd())
            .Where(call => !call.StartsWith("OPTIONS", StringComparison.Ordinal)
                && !call.StartsWith("HEAD", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(NeverAsked, skipped);
    }

    private static bool Fits(int status, ComfyFault? fault) => fault is not null && status switch
    {
        400 => fault.Cause is ComfyCause.ValidationRejected or ComfyCause.MissingFile or ComfyCause.MissingNodeClass
            or ComfyCause.OutputMissing or ComfyCause.UnexpectedStatus,
        403 => fault is { Cause: ComfyCause.AccessDenied, Blame: Blame.Worker },
        404 => fault is { Cause: ComfyCause.OutputMissing, Blame: Blame.Worker },
        405 => fault is { Cause: ComfyCause.UnexpectedStatus, Blame: Blame.Worker },
        413 => fault is { Cause: ComfyCause.RequestTooLarge, OutcomeUnknown: false },
        500 => fault is { Cause: ComfyCause.ServerError, Blame: Blame.Worker },
        304 => fault is { Cause: ComfyCause.UnexpectedStatus },
        _ => false,
    };

    private static async Task<ComfyFault?> FaultOfAsync(TraceEvent answer, Func<ComfyClient, Task> call)
    {
        try
        {
            await call(new StubHandler(_ => Response(answer)).Client());
            return null;
        }
        catch (ComfyException e)
        {
            return e.Fault;
        }
    }

    /// <summary>Null for what this client never asks, and for JSON of which only the size was recorded.</summary>
    private static Func<ComfyClient, Task>? Call(TraceEvent e)
    {
        var ct = CancellationToken.None;
        var path = e.Path.Split('?')[0];
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            path = path[4..];
        }

        var recorded = e.Status != 200 || e.Body.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        return (e.Method, path) switch
        {
            ("POST", "/prompt") => client => client.SubmitAsync(new PromptRequest(new JsonObject(), "p"), ct),
            ("POST", "/queue") => client => client.DeleteQueuedAsync("p", ct),
            ("POST", "/history") => client => client.DeleteHistoryAsync("p", ct),
            ("POST", "/interrupt") => client => client.InterruptAsync("p", ct),
            ("POST", "/free") when e.Status is not 405 => client => client.FreeAsync(ct),
            ("POST", "/upload/image") => client => client.UploadImageAsync(Upload(), ct),
            ("GET", "/prompt") when e.Status is not 404 => client => client.GetQueueRemainingAsync(ct),
            ("GET", "/queue") => client => client.GetQueueAsync(ct),
            ("GET", "/system_stats") => client => client.GetSystemStatsAsync(ct),
            ("GET", "/view") => client => ReadAsync(client, ct),
            ("GET", "/history") when recorded => client => client.GetRecentHistoryAsync(9, ct),
            ("GET", _) when recorded && path.StartsWith("/history/", StringComparison.Ordinal) =>
                client => client.GetHistoryAsync(Uri.UnescapeDataString(path["/history/".Length..]), ct),
            ("GET", _) when recorded && path.StartsWith("/object_info", StringComparison.Ordinal) =>
                client => client.GetObjectInfoAsync(ct),
            _ => null,
        };
    }

    private static async Task ReadAsync(ComfyClient client, CancellationToken ct)
    {
        await using var output = await client.OpenOutputAsync(new OutputFile("a.png", "", "output"), ct);
        await output.Content.CopyToAsync(Stream.Null, ct);
    }

    private static ImageUpload Upload() =>
        new("a.png", "image/png", 3, _ => ValueTask.FromResult<Stream>(new MemoryStream([1, 2, 3])));

    private static HttpResponseMessage Response(TraceEvent answer)
    {
        var body = answer.Body.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => "",
            JsonValueKind.String => answer.Body.GetString()!,
            _ => answer.Body.GetRawText(),
        };
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (answer.Member("response_headers") is { ValueKind: JsonValueKind.Object } headers
            && headers.TryGetProperty("Content-Type", out var type))
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type.GetString()!);
        }

        return new HttpResponseMessage((HttpStatusCode)answer.Status!.Value) { Content = content };
    }
}
