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
    public static TheoryData<string> Traces { get; } = [.. TraceFile.Names];

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task Every_recorded_answer_is_understood_or_classified(string trace)
    {
        foreach (var answer in TraceFile.Read(trace).Where(e => e is { Kind: "http", Status: not null }))
        {
            if (Call(answer) is not { } call)
                continue;
            var fault = await FaultOfAsync(answer, call);
            if (answer.Status is 200 or 206)
                Assert.True(fault is null, $"{answer}: {fault}");
            else
                Assert.True(Fits(answer.Status!.Value, fault), $"{answer}: {fault}");
        }
    }

    private static bool Fits(int status, ComfyFault? fault) => fault is not null && status switch
    {
        400 => fault.Cause is ComfyCause.ValidationRejected or ComfyCause.MissingFile or ComfyCause.MissingNodeClass
            or ComfyCause.OutputMissing or ComfyCause.UnexpectedStatus,
        403 => fault is { Cause: ComfyCause.AccessDenied, Blame: Blame.Worker },
        404 => fault is { Cause: ComfyCause.OutputMissing, Blame: Blame.WorkerThisJob },
        405 => fault is { Cause: ComfyCause.UnexpectedStatus, Blame: Blame.Worker },
        413 => fault is { Cause: ComfyCause.RequestTooLarge, OutcomeUnknown: false },
        500 => fault is { Cause: ComfyCause.ServerError, Blame: Blame.Worker },
        304 => fault is { Cause: ComfyCause.UnexpectedStatus },
        _ => false,
    };

    private static async Task<ComfyFault?> FaultOfAsync(TraceEvent answer, Func<ComfyClient, Task> call)
    {
        var stub = new StubHandler(async (request, ct) =>
        {
            if (request.Content is not null)
                await request.Content.CopyToAsync(Stream.Null, ct);
            return Response(answer);
        });
        try
        {
            await call(stub.Client());
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
            path = path[4..];
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
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type.GetString()!);
        return new HttpResponseMessage((HttpStatusCode)answer.Status!.Value) { Content = content };
    }
}
