using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Tests.Commands.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>Services that are busy, break off, go away, or are none.</summary>
public sealed class BrokenServiceTests : IDisposable
{
    private const string Workflow = """
        { "name": "up", "title": "", "description": "", "submit_url": "", "outputs": [],
          "inputs": { "imageFile": { "type": "image", "required": true } } }
        """;

    private static readonly IResult Full = Results.Content(
        """{ "code": "queue_full", "error": "Full." }""", "application/problem+json", null, 429);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-cli-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_full_queue_is_waited_for_as_long_as_it_asks_and_the_submission_keeps_its_key()
    {
        var keys = new ConcurrentQueue<string>();
        await using var service = await StandIn.StartAsync(app =>
        {
            app.MapGet("/api/workflows/up", () => Results.Content(Workflow, "application/json"));
            app.MapPost("/api/async/up", (HttpContext http) =>
            {
                keys.Enqueue(http.Request.Headers["Idempotency-Key"]!);
                http.Response.Headers.RetryAfter = "1";
                return keys.Count == 1
                    ? Full
                    : Results.Content("""{ "job_id": "j", "status": "pending" }""", "application/json", null, 202);
            });
            app.MapGet("/api/jobs/j/status", () => """{ "status": "completed", "comfyui_instance": "gpu:1" }""");
            app.MapGet("/api/jobs/j/info", () => """
                { "outputs": [ { "filename": "a.txt", "media_type": "text/plain", "url": "/api/jobs/j/outputs/0" } ] }
                """);
            app.MapGet("/api/jobs/j/outputs/0", () => "hello");
        });
        var clock = Stopwatch.StartNew();

        var said = await RunAsync(service);

        Assert.Equal(ExitCodes.Success, said.ExitCode);
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1));
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        Assert.Contains("waiting: Full.", said.Out, StringComparison.Ordinal);
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "photo.up.txt")));
    }

    [Fact]
    public async Task A_queue_that_stays_full_is_given_up_when_patience_ends()
    {
        await using var service = await StandIn.StartAsync(app =>
        {
            app.MapGet("/api/workflows/up", () => Results.Content(Workflow, "application/json"));
            app.MapPost("/api/async/up", (HttpContext http) =>
            {
                http.Response.Headers.RetryAfter = "30";
                return Full;
            });
        });

        var said = await RunAsync(service, "--retry-for", "20", "--json");

        Assert.Equal(ExitCodes.Failure, said.ExitCode);
        Assert.Equal(("failed", "queue_full"), (
            said.Document.GetProperty("status").GetString(), said.Document.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_taken_up_after_the_last_event()
    {
        var asked = new ConcurrentQueue<string?>();
        var told = new List<JobNews>();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await StandIn.StartAsync(app =>
        {
            app.MapGet("/api/jobs/j/events", async (HttpContext http) =>
            {
                asked.Enqueue(http.Request.Headers["Last-Event-ID"]);
                http.Response.ContentType = "text/event-stream";
                if (asked.Count == 1)
                {
                    await http.Response.WriteAsync(": hello\n\nid: 7\nevent: progress\n"
                        + "data: { \"status\": \"processing\", \"progress_percentage\": 40 }\n\n");
                    await http.Response.Body.FlushAsync();
                    await heard.Task;
                    http.Abort();
                    return;
                }

                await http.Response.WriteAsync("id: 8\nevent: completed\ndata: { \"status\": \"completed\" }\n\n");
            });
            app.MapGet("/api/jobs/j/status", () =>
                asked.Count == 1 ? """{ "status": "processing" }""" : """{ "status": "completed", "version": 4 }""");
        });
        using var client = new ServiceClient(ServiceAddress.Of(service.Address), TimeProvider.System);

        var end = await new JobFollower(client, Patience.None, TimeProvider.System)
            .FollowAsync("j", news =>
            {
                told.Add(news);
                heard.TrySetResult();
            }, CancellationToken.None);

        Assert.Equal([null, "7"], asked);
        Assert.Equal(("completed", 4), (end.Status, end.Version));
        Assert.Equal(["processing", "processing", "completed", "completed"], told.Select(news => news.Status));
        Assert.Equal(40, told[0].Percentage);
    }

    [Fact]
    public async Task A_service_without_events_is_asked_again_and_again()
    {
        var asked = 0;
        await using var service = await StandIn.StartAsync(app => app.MapGet("/api/jobs/j/status", () =>
            ++asked < 3
                ? """{ "status": "processing" }"""
                : """{ "status": "failed", "error": "no", "error_code": "oom" }"""));
        using var client = new ServiceClient(ServiceAddress.Of(service.Address), TimeProvider.System);

        var end = await new JobFollower(client, Patience.None, TimeProvider.System)
            .FollowAsync("j", _ => { }, CancellationToken.None);

        Assert.Equal(("failed", "no", "oom"), (end.Status, end.Error, end.ErrorCode));
    }

    [Fact]
    public async Task A_service_that_goes_away_while_a_job_runs_is_out_of_reach()
    {
        await using var service = await StandIn.StartAsync(app =>
        {
            app.MapGet("/api/workflows/up", () => Results.Content(Workflow, "application/json"));
            app.MapPost("/api/async/up", () =>
                Results.Content("""{ "job_id": "j", "status": "pending" }""", "application/json", null, 202));
            app.MapFallback((HttpContext http) => http.Abort());
        });

        var said = await RunAsync(service, "--retry-for", "0", "--json");

        Assert.Equal(ExitCodes.Unavailable, said.ExitCode);
        Assert.Equal("unreachable", said.Document.GetProperty("code").GetString());
        Assert.Equal("j", said.Document.GetProperty("job_id").GetString());
    }

    [Theory]
    [InlineData(200, "<html>hello</html>", "no AkkaComfy")]
    [InlineData(502, "<html>bad</html>", "was answered 502")]
    public async Task What_answers_but_is_no_service_is_told_apart(int status, string body, string why)
    {
        await using var service = await StandIn.StartAsync(app =>
            app.MapFallback(() => Results.Content(body, "text/html", null, status)));

        var said = await Said.ByAsync(service.Address, "instances");

        Assert.Equal(ExitCodes.Failure, said.ExitCode);
        Assert.Contains(why, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_said_what_to_do()
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();

        var said = await Said.ByAsync("jobs", "list", "--url", address, "--json");

        Assert.Equal(ExitCodes.Unavailable, said.ExitCode);
        Assert.Equal("unreachable", said.Document.GetProperty("code").GetString());
        Assert.All(["Is it running?", address, "--url", "AKKACOMFY_URL"],
            remedy => Assert.Contains(remedy, said.Error, StringComparison.Ordinal));
    }

    private async Task<Said> RunAsync(StandIn service, params string[] further)
    {
        var photo = Path.Combine(_directory.FullName, "photo.png");
        await File.WriteAllBytesAsync(photo, [1, 2, 3]);
        return await Said.ByAsync(service.Address, ["run", "up", photo, "-o", _directory.FullName, .. further]);
    }
}
