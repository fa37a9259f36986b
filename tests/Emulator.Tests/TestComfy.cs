using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Tests;

/// <summary>An emulator with an HTTP client of its own.</summary>
internal sealed class TestComfy : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestComfy(EmulatedComfy comfy)
    {
        Comfy = comfy;
        Http = new HttpClient { BaseAddress = comfy.BaseAddress, Timeout = Patience };
    }

    public EmulatedComfy Comfy { get; }

    public HttpClient Http { get; }

    public static async Task<TestComfy> StartAsync(EmulatorOptions? options = null) =>
        new(await EmulatedComfy.StartAsync(options ?? new EmulatorOptions()));

    public Task<TestSocket> OpenSocketAsync(string? clientId) => TestSocket.OpenAsync(Comfy, clientId);

    public async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>(path))!;

    public async Task<JsonNode> PostAsync(string path, JsonNode body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return new JsonObject
        {
            ["status"] = (int)answer.StatusCode,
            ["body"] = text.StartsWith('{') ? JsonNode.Parse(text) : JsonValue.Create(text),
        };
    }

    public async Task UploadAsync(string name, byte[] content)
    {
        using var file = new ByteArrayContent(content);
        using var form = new MultipartFormDataContent { { file, "image", name } };
        using var answer = await Http.PostAsync("/upload/image", form);
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>Submits a prompt that must be accepted, and returns its id.</summary>
    public async Task<string> SubmitAsync(JsonObject prompt, string? clientId = null, string? id = null)
    {
        var submission = new JsonObject { ["prompt"] = prompt, ["prompt_id"] = id ?? $"{Guid.NewGuid()}" };
        if (clientId is not null)
        {
            submission["client_id"] = clientId;
        }

        var answer = await PostAsync("/prompt", submission);
        Assert.Equal(200, (int)answer["status"]!);
        return (string)answer["body"]!["prompt_id"]!;
    }

    /// <summary>Runs a prompt to its end, whatever that is, and returns its history entry.</summary>
    public async Task<JsonNode> RunAsync(JsonObject prompt)
    {
        var id = await SubmitAsync(prompt);
        await EndOfAsync(id);
        return (await GetAsync($"/history/{id}"))[id]!;
    }

    public async Task<ExecutionRecord> EndOfAsync(string id)
    {
        using var limit = new CancellationTokenSource(Patience);
        var executions = await Comfy.Ledger.WaitAsync(
            all => all.Any(execution => execution.PromptId == id && execution.Ended is not null), limit.Token);
        return executions.Last(execution => execution.PromptId == id);
    }

    public async Task<ExecutionRecord> StartOfAsync(string id)
    {
        using var limit = new CancellationTokenSource(Patience);
        var executions = await Comfy.Ledger.WaitAsync(
            all => all.Any(execution => execution.PromptId == id), limit.Token);
        return executions.Last(execution => execution.PromptId == id);
    }

    /// <summary>The file that a history entry names for a node.</summary>
    public async Task<byte[]> FileOfAsync(JsonNode history, string node)
    {
        var image = history["outputs"]![node]!["images"]![0]!;
        return await Http.GetByteArrayAsync(
            $"/view?filename={image["filename"]}&subfolder={image["subfolder"]}&type={image["type"]}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Comfy.DisposeAsync();
    }
}
