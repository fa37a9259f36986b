using System.Diagnostics;
using AkkaComfy.Actors.Telemetry;
using AkkaComfy.Host.Tests.Service;

namespace AkkaComfy.Host.Tests.Telemetry;

/// <summary>What a collector sees of a job: one trace, from the client's request to the calls to ComfyUI.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string Queue = "akkacomfy.queue";
    private const string Attempt = "akkacomfy.attempt";
    private const string Execution = "akkacomfy.execution";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("akkacomfy-trace-");
    private OtlpCollector _collector = null!;

    public async Task InitializeAsync() => _collector = await OtlpCollector.StartAsync();

    public async Task DisposeAsync()
    {
        await _collector.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task One_trace_holds_the_request_the_wait_the_execution_and_the_calls_to_ComfyUI()
    {
        await using var service = await StartAsync();
        var (job, trace) = await AcceptAsync(service);
        await service.EndOfAsync(job);

        var spans = await _collector.UntilAsync(trace, all => Ours(all, Attempt).Any() && Requests(all).Any());

        var request = Assert.Single(Requests(spans));
        Assert.Equal("POST /api/async/{workflow}", request.Name);
        Assert.Equal("202", request.Tags["http.response.status_code"]);
        Assert.Equal("akkacomfy", request.Resource["service.name"]);
        var wait = Assert.Single(Ours(spans, Queue));
        var attempt = Assert.Single(Ours(spans, Attempt));
        var execution = Assert.Single(Ours(spans, Execution));
        Assert.Equal((request.Id, request.Id, attempt.Id), (wait.ParentId, attempt.ParentId, execution.ParentId));
        Assert.True(wait.Start <= wait.End && wait.End <= attempt.End && execution.Start >= attempt.Start);
        Assert.Equal(
            (job, "remove-background", "1", "succeeded"),
            (attempt.Tags["akkacomfy.job.id"], attempt.Tags["akkacomfy.workflow"],
                attempt.Tags["akkacomfy.attempt.number"], attempt.Tags["akkacomfy.outcome"]));
        Assert.False(attempt.IsError);
        var calls = Calls(spans, attempt);
        Assert.Contains(calls, call => call.Name == "POST" && PathOf(call) == "/prompt");
        Assert.Contains(calls, call => PathOf(call).StartsWith("/history/", StringComparison.Ordinal));
        Assert.Contains(calls, call => PathOf(call) == "/view");
    }

    [Fact]
    public async Task Probes_of_instances_and_of_the_service_itself_make_no_traces()
    {
        await using var service = await StartAsync();
        await service.GetAsync("/metrics");
        await service.GetAsync("/api/workflows");

        await service.UntilAsync("/health/live", _ => _collector.All.Any(span => span.Name == "GET /api/workflows"));

        Assert.DoesNotContain(_collector.All, span => span is { IsRoot: true, Kind: ReceivedSpan.Client });
        Assert.DoesNotContain(_collector.All, span => span.Name is "GET /health" or "GET /health/live" or "GET /metrics");
    }

    [Fact]
    public async Task A_requeued_job_has_a_wait_and_an_attempt_more_in_the_same_trace()
    {
        await using var service = await StartAsync();
        await service.FailOnceAsync("out_of_memory");
        var (job, trace) = await AcceptAsync(service);
        await service.EndOfAsync(job);

        var spans = await _collector.UntilAsync(trace, all => Ours(all, Attempt).Count() == 2 && Requests(all).Any());

        var request = Assert.Single(Requests(spans));
        Assert.Equal(2, Ours(spans, Queue).Count());
        Assert.All(Ours(spans, Queue).Concat(Ours(spans, Attempt)), span => Assert.Equal(request.Id, span.ParentId));
        var attempts = Ours(spans, Attempt).OrderBy(span => span.Start).ToList();
        Assert.Equal(["faulted", "succeeded"], attempts.Select(attempt => attempt.Tags["akkacomfy.outcome"]));
        Assert.Equal(
            (true, "out_of_memory", "worker_this_job"),
            (attempts[0].IsError, attempts[0].Tags["error.type"], attempts[0].Tags["akkacomfy.blame"]));
        Assert.All(attempts, attempt => Assert.Contains(Calls(spans, attempt), call => PathOf(call) == "/prompt"));
    }

    [Fact]
    public async Task The_trace_goes_on_after_a_restart_of_the_service()
    {
        string job, trace;
        await using (var first = await StartAsync(nodeTime: TimeSpan.FromSeconds(60)))
        {
            (job, trace) = await AcceptAsync(first);
            await _collector.UntilAsync(trace, all => Requests(all).Any() && Ours(all, Queue).Any());
        }

        var abandoned = await _collector.UntilAsync(trace, all => Ours(all, Attempt).Any());
        Assert.Equal("abandoned", Assert.Single(Ours(abandoned, Attempt)).Tags["akkacomfy.outcome"]);

        await using var second = await StartAsync();
        await second.EndOfAsync(job);
        var spans = await _collector.UntilAsync(trace, all => Ours(all, Attempt).Count() == 2);

        var request = Assert.Single(Requests(spans));
        var last = Ours(spans, Attempt).MaxBy(span => span.Start)!;
        Assert.Equal((request.Id, "succeeded", "2"),
            (last.ParentId, last.Tags["akkacomfy.outcome"], last.Tags["akkacomfy.attempt.number"]));
        Assert.Contains(Calls(spans, last), call => PathOf(call) == "/prompt");
    }

    [Fact]
    public async Task Metrics_are_sent_under_their_names_and_units()
    {
        await using var service = await StartAsync();
        await service.EndOfAsync((await AcceptAsync(service)).Job);

        string[] expected = [.. Metrics.All
            .Where(metric => metric != Metrics.JobsRequeued && metric != Metrics.JobsExecutedAgain
                && metric != Metrics.CircuitTransitions)
            .Select(metric => metric.Name)];
        await service.UntilAsync("/health/live", _ => expected.All(_collector.MetricUnits.ContainsKey));

        Assert.Equal("s", _collector.MetricUnits["akkacomfy.job.queue_wait"]);
        Assert.Contains("http.server.request.duration", _collector.MetricUnits);
        Assert.DoesNotContain("http.server.request.body.size", _collector.MetricUnits);
    }

    private Task<RunningService> StartAsync(TimeSpan nodeTime = default) => RunningService.StartAsync(
        nodeTime, [("DATA_DIRECTORY", _data.FullName), .. _collector.Variables]);

    private static async Task<(string Job, string Trace)> AcceptAsync(RunningService service)
    {
        using var client = new Activity("client").SetIdFormat(ActivityIdFormat.W3C);
        client.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        client.Start();
        return (await service.AcceptAsync(), client.TraceId.ToHexString());
    }

    private static IEnumerable<ReceivedSpan> Ours(IEnumerable<ReceivedSpan> spans, string name) =>
        spans.Where(span => span.Source == Traces.SourceName && span.Name == name);

    /// <summary>What clients asked of the service; emulated instances in this process are asked within the trace too.</summary>
    private static IEnumerable<ReceivedSpan> Requests(IEnumerable<ReceivedSpan> spans) => spans.Where(span =>
        span.Kind == ReceivedSpan.Server && span.Tags.GetValueOrDefault("url.path", "").StartsWith("/api/async/", StringComparison.Ordinal));

    private static List<ReceivedSpan> Calls(IEnumerable<ReceivedSpan> spans, ReceivedSpan attempt) =>
        [.. spans.Where(span => span.Kind == ReceivedSpan.Client && span.ParentId == attempt.Id)];

    private static string PathOf(ReceivedSpan call) => new Uri(call.Tags["url.full"]).AbsolutePath;
}
