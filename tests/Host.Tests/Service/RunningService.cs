using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Demo;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Tests.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>The whole service on a free port, with emulated instances, as a client meets it.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    // An interrupt is noticed between two steps: many of them, so that a cancelled job ends soon.
    private const int ProgressSteps = 1000;

    private readonly DirectoryInfo _data;
    private readonly EmulatedFleet _fleet;
    private readonly WebApplication _app;
    private readonly RequestsUnderWay _posts;
    private readonly Lazy<Task> _stopped;

    private RunningService(DirectoryInfo data, EmulatedFleet fleet, WebApplication app, string workflows)
    {
        (_data, _fleet, _app) = (data, fleet, app);
        _posts = new RequestsUnderWay(HttpMethod.Post, app.Services.GetRequiredService<IMeterFactory>());
        _stopped = new Lazy<Task>(() => app.StopAsync());
        Http = new HttpClient(new ContractCheck(workflows)) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>Every answer is held against the service's own OpenAPI document.</summary>
    public HttpClient Http { get; }

    public int StoredFiles =>
        Directory.GetFiles(Path.Combine(_data.FullName, "blobs"), "*", SearchOption.AllDirectories).Length;

    public string DataDirectory => _data.FullName;

    public string LogDirectory => LogsIn(_data);

    public void DeleteStoredFile(string hash) =>
        File.Delete(Path.Combine(_data.FullName, "blobs", hash[..2], hash[2..]));

    public string OutputDirectory => Path.Combine(_data.FullName, "output");

    public IReadOnlyList<string> OutputFiles => Directory.Exists(OutputDirectory)
        ? [.. Directory.GetFiles(OutputDirectory).Select(file => Path.GetFileName(file)!)]
        : [];

    public static Task<RunningService> StartAsync(
        TimeSpan nodeTime = default, params (string Key, string Value)[] variables) =>
        StartAsync(nodeTime, replace: null, variables);

    /// <param name="replace">Puts a test's own part in the place of the service's.</param>
    public static async Task<RunningService> StartAsync(
        TimeSpan nodeTime, Action<IServiceCollection>? replace, params (string Key, string Value)[] variables)
    {
        var data = Directory.CreateTempSubdirectory("akkacomfy-test-");
        var fleet = await EmulatedFleet.StartAsync(new Emulation(1, nodeTime, ProgressSteps), CancellationToken.None);
        var set = fleet.Instead(new Dictionary<string, string>
        {
            ["PORT"] = "0",
            ["DATA_DIRECTORY"] = data.FullName,
            ["LOG_LEVEL"] = "error",
            ["LOG_DIRECTORY"] = LogsIn(data),
            ["WORKFLOWS_DIRECTORY"] = RepositoryFiles.PathOf("workflows"),
            ["SHUTDOWN_GRACE"] = "0",
        });
        foreach (var (key, value) in variables)
        {
            set[key] = value;
        }

        var settings = ServiceSettings.From(set);
        settings = settings with
        {
            OutputDirectory = settings.OutputDirectory is null ? null : Path.Combine(data.FullName, "output"),
        };
        var app = ServiceHost.Build(settings, WorkflowFolders.Load(settings.WorkflowsDirectory), replace);
        await app.StartAsync();
        var service = new RunningService(data, fleet, app, settings.WorkflowsDirectory);
        await service.UntilAsync("/health", health => health.GetProperty("status").GetString() != "starting");
        return service;
    }

    /// <summary>Asks again until the answer is as expected; the time limit only ends a failing test.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> isExpected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var response = await Http.GetAsync(path, limit.Token);
            var body = await JsonAsync(response);
            if (isExpected(body))
            {
                return body;
            }

            await again.WaitForNextTickAsync(limit.Token);
        }
    }

    public Task<JsonElement> UntilActiveAsync(int jobs) => UntilAsync(
        "/api/jobs/processor/stats", stats => stats.GetProperty("active_jobs").GetInt32() == jobs);

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return await JsonAsync(response);
    }

    /// <summary>Submits a cat async.</summary>
    public async Task<string> AcceptAsync(string workflow = "remove-background")
    {
        using var response = await SubmitAsync($"/api/async/{workflow}");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await JsonAsync(response)).GetProperty("job_id").GetString()!;
    }

    /// <summary>Submits a cat, or another of the samples.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(
        string route, string? key = null, string sample = "cat.png", CancellationToken hungUp = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route);
        request.Content = Forms.Image(RepositoryFiles.Sample(sample));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Http.SendAsync(request, hungUp);
    }

    public Task<JsonElement> EndOfAsync(string job) => UntilAsync($"/api/jobs/{job}/status", status =>
        status.GetProperty("status").GetString() is "completed" or "failed" or "cancelled");

    /// <summary>Until so many POST requests are being answered.</summary>
    public Task UntilAnsweringAsync(int count) => UntilAsync("/health/live", _ => _posts.Count == count);

    /// <summary>The next node that runs on the instance fails this way.</summary>
    public async Task FailOnceAsync(string fault)
    {
        var instances = (await GetAsync("/api/instances")).GetProperty("instances");
        var address = new Uri($"http://{instances[0].GetProperty("host").GetString()}/emulator/faults");
        using var response = await Http.PostAsJsonAsync(address, new { fault, times = 1 });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What a scraper reads, once it is as expected; the time limit only ends a failing test.</summary>
    public async Task<string> MetricsTextAsync(string accept, Func<string, bool> isExpected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            request.Headers.Add("Accept", accept);
            using var response = await Http.SendAsync(request, CancellationToken.None);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            if (isExpected(text))
            {
                return text;
            }

            Assert.False(limit.IsCancellationRequested, text);
            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public Task StopAsync() => _stopped.Value;

    public ActorSystem Actors => _app.Services.GetRequiredService<ActorSystem>();

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public IActorRef Actor<T>() => _app.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<T>();

    /// <summary>What the process would say once it has ended.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _app.WaitForShutdownAsync();
        return _app.Services.GetRequiredService<Emergency>().ExitCode;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.Clone();

    private static string LogsIn(DirectoryInfo data) => Path.Combine(data.FullName, "logs");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        _posts.Dispose();
        await _app.DisposeAsync();
        await _fleet.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
