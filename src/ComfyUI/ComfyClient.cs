using System.Net;
using System.Text.Json.Nodes;
using AkkaComfy.ComfyUI.Http;
using AkkaComfy.ComfyUI.Wire;

namespace AkkaComfy.ComfyUI;

/// <summary>Speaks ComfyUI's HTTP protocol with one instance.</summary>
/// <param name="invoker">Shared, and not disposed here; see <see cref="ComfyTransport"/>.</param>
public sealed class ComfyClient(
    ComfyEndpoint endpoint, HttpMessageInvoker invoker, ComfyClientOptions options, TimeProvider time) : IComfyClient
{
    /// <summary>From here on it pays to ask whether the server wants the body before sending it.</summary>
    private const long LargeBody = 1 << 20;

    /// <summary>Of a queue only ids are kept; the graphs in it may be cut short.</summary>
    private const int IdBytes = 512;

    private readonly HttpExchange _http = new(endpoint, invoker, options, time);

    public ComfyEndpoint Endpoint => endpoint;

    public Task<SystemStats> GetSystemStatsAsync(CancellationToken ct) => _http.ReadAsync(
        Get(CallKind.Probe, "probing", "system_stats"), ServerReader.Stats, ct);

    public async Task<PromptAccepted> SubmitAsync(PromptRequest request, CancellationToken ct)
    {
        using var content = new PromptContent(request);
        var call = new ComfyCall(CallKind.Submit, "submitting a prompt", () => Post("prompt", content))
        {
            MayHaveHappened = () => content.HandedOver,
        };
        return await _http.ReadAsync(call, PromptAnswerReader.Accepted, ct);
    }

    public Task<QueueSnapshot> GetQueueAsync(CancellationToken ct) => _http.ReadBytesAsync(
        Get(CallKind.Look, "reading the queue", "queue") with { MaxStringBytes = IdBytes },
        static body => QueueReader.Read(body.Span),
        ct);

    public Task<int> GetQueueRemainingAsync(CancellationToken ct) => _http.ReadAsync(
        Get(CallKind.Repeatable, "reading the queue's length", "prompt"), ServerReader.QueueRemaining, ct);

    public async Task<HistoryEntry?> GetHistoryAsync(string promptId, CancellationToken ct)
    {
        var path = $"history/{Uri.EscapeDataString(promptId)}";
        var entries = await _http.ReadAsync(
            Get(CallKind.Look, "reading the history", path), HistoryReader.Read, ct);
        return entries.FirstOrDefault(entry => entry.PromptId == promptId);
    }

    public Task<IReadOnlyList<HistoryEntry>> GetRecentHistoryAsync(int maxItems, CancellationToken ct) =>
        _http.ReadAsync(
            Get(CallKind.Look, "reading the history", "history", $"max_items={maxItems}"),
            HistoryReader.Read,
            ct);

    public Task DeleteHistoryAsync(string promptId, CancellationToken ct) => _http.DoAsync(
        Post(CallKind.Look, "deleting from the history", "history", Deleting(promptId)), ct);

    public Task DeleteQueuedAsync(string promptId, CancellationToken ct) => _http.DoAsync(
        Post(CallKind.Look, "deleting from the queue", "queue", Deleting(promptId)), ct);

    public Task InterruptAsync(string? promptId, CancellationToken ct)
    {
        var body = promptId is null ? new JsonObject() : new JsonObject { ["prompt_id"] = promptId };
        var call = Post(CallKind.Once, "interrupting", "interrupt", body);
        return _http.DoAsync(call with { MayHaveHappened = static () => true }, ct);
    }

    public async Task<bool> FreeAsync(CancellationToken ct)
    {
        try
        {
            var body = new JsonObject { ["unload_models"] = true, ["free_memory"] = true };
            await _http.DoAsync(Post(CallKind.Repeatable, "freeing memory", "free", body), ct);
            return true;
        }
        catch (ComfyException e) when (
            e.Fault.HttpStatus is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            return false;
        }
    }

    public async Task<ComfyDownload> OpenOutputAsync(OutputFile file, CancellationToken ct)
    {
        var query = $"filename={Uri.EscapeDataString(file.Filename)}&subfolder={Uri.EscapeDataString(file.Subfolder)}"
            + $"&type={Uri.EscapeDataString(file.Type)}";
        const string Doing = "fetching an output";
        try
        {
            var response = await _http.OpenAsync(Get(CallKind.Repeatable, Doing, "view", query), ct);
            var headers = response.Content.Headers;
            return new ComfyDownload(
                new DownloadStream(response, $"{Doing} at {endpoint.Host}", options.DownloadIdleTimeout, time),
                headers.ContentType?.MediaType ?? "application/octet-stream",
                headers.ContentLength);
        }
        catch (ComfyException e) when (e.Fault.HttpStatus is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            throw new ComfyException(FaultClassifier.OutputMissing(file, e.Fault.HttpStatus.Value), e);
        }
    }

    public Task<UploadedImage> UploadImageAsync(ImageUpload upload, CancellationToken ct) => _http.ReadAsync(
        new ComfyCall(
            CallKind.Upload, "uploading an image", () => Post("upload/image", UploadContent.Of(upload))),
        ServerReader.Uploaded,
        ct);

    public Task<ObjectInfo> GetObjectInfoAsync(CancellationToken ct) => _http.ReadAsync(
        Get(CallKind.Repeatable, "reading the node classes", "object_info"), ServerReader.Classes, ct);

    public async Task<NodeClass?> GetNodeClassAsync(string classType, CancellationToken ct)
    {
        var path = $"object_info/{Uri.EscapeDataString(classType)}";
        var answer = await _http.ReadAsync(
            Get(CallKind.Repeatable, "reading a node class", path), ServerReader.Classes, ct);
        return answer.Classes.GetValueOrDefault(classType);
    }

    private static JsonObject Deleting(string promptId) => new() { ["delete"] = new JsonArray(promptId) };

    private ComfyCall Get(CallKind kind, string doing, string path, string query = "") =>
        new(kind, doing, () => new HttpRequestMessage(HttpMethod.Get, endpoint.HttpUri(path, query)));

    private ComfyCall Post(CallKind kind, string doing, string path, JsonObject body)
    {
        var json = body.ToJsonString();
        return new ComfyCall(kind, doing, () => Post(path, new StringContent(json, null, "application/json")));
    }

    private HttpRequestMessage Post(string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.HttpUri(path)) { Content = content };
        if (content.Headers.ContentLength > LargeBody)
        {
            request.Headers.ExpectContinue = true;
        }

        return request;
    }
}
