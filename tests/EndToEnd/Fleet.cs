using System.Text.Json.Nodes;

namespace AkkaComfy.EndToEnd;

/// <summary>The service and two emulators, three processes, talked to over HTTP alone.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly HttpClient _http;

    private Fleet(RunningProgram service, IReadOnlyList<RunningProgram> emulators, IReadOnlyList<string> hosts, Uri address)
    {
        Service = service;
        Emulators = emulators;
        Hosts = hosts;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public RunningProgram Service { get; }

    public IReadOnlyList<RunningProgram> Emulators { get; }

    public IReadOnlyList<string> Hosts { get; }

    public Uri Address => _http.BaseAddress!;

    /// <param name="workflows">The directory of the workflows, from the root of the checkout.</param>
    /// <param name="ofEmulators">More arguments for each emulator.</param>
    public static async Task<Fleet> StartAsync(
        int nodeMilliseconds, string workflows = "workflows", params string[] ofEmulators)
    {
        int[] ports = [RunningProgram.FreePort(), RunningProgram.FreePort(), RunningProgram.FreePort()];
        string[] hosts = [$"127.0.0.1:{ports[1]}", $"127.0.0.1:{ports[2]}"];
        var emulators = hosts.Zip(ports.Skip(1), (host, port) => RunningProgram.Emulator(port, nodeMilliseconds, ofEmulators)
            .AnsweringAsync(new Uri($"http://{host}/system_stats")));
        var running = await Task.WhenAll(emulators);
        var address = new Uri($"http://127.0.0.1:{ports[0]}");
        var service = await RunningProgram.Service(new Dictionary<string, string>
        {
            ["PORT"] = $"{ports[0]}",
            ["COMFYUI_HOSTS"] = string.Join(',', hosts),
            ["WORKFLOWS_DIRECTORY"] = Path.Combine(Checkout.Root, workflows),
            // The instances share these processors with the probes: a slow answer is no sign of death here.
            ["HEALTH_CHECK_TIMEOUT"] = "5000",
        }).AnsweringAsync(new Uri(address, "/health"));
        return new Fleet(service, running, hosts, address);
    }

    public async Task<HttpResponseMessage> SubmitAsync(string route, string sample, string? accept = null) =>
        await SubmitAsync(route, await File.ReadAllBytesAsync(Checkout.Sample(sample)), accept);

    private async Task<HttpResponseMessage> SubmitAsync(string route, byte[] image, string? accept = null)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(image), "imageFile", "photo");
        return await PostAsync(route, form, accept);
    }

    public async Task<HttpResponseMessage> PostAsync(string route, HttpContent content, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = content };
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return await _http.SendAsync(request);
    }

    /// <summary>Submits async and answers the job's id.</summary>
    public async Task<string> AcceptAsync(string workflow, byte[] image)
    {
        using var answer = await SubmitAsync($"/api/async/{workflow}", image);
        var body = await JsonOf(answer);
        Assert.Equal(202, (int)answer.StatusCode);
        return (string)body["job_id"]!;
    }

    public async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await JsonOf(answer);
    }

    public async Task CancelAsync(string jobId)
    {
        using var answer = await _http.PostAsync(new Uri($"/api/jobs/{jobId}/cancel", UriKind.Relative), null);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    public Task<byte[]> BytesAsync(string path) => _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>Follows a job until it has ended.</summary>
    public async Task<JsonObject> EndOfAsync(string jobId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var status = await GetAsync($"/api/jobs/{jobId}/status");
            if ((string)status["status"]! is "completed" or "failed" or "cancelled")
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    public static async Task<JsonObject> JsonOf(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Service.DisposeAsync();
        foreach (var emulator in Emulators)
        {
            await emulator.DisposeAsync();
        }
    }
}
