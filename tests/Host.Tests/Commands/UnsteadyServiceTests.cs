using System.IO.Pipes;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Client;
using AkkaComfy.Host.Commands.Output;
using AkkaComfy.Host.Commands.Run;
using AkkaComfy.Host.Tests.Commands.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>Answers that break off, never end or make no sense, and a reader of ours who leaves.</summary>
public sealed class UnsteadyServiceTests : IDisposable
{
    private const string Workflow = """
        { "name": "up", "title": "", "description": "", "submit_url": "", "outputs": [], "inputs": {} }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-cli-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task First_contact_and_downloads_are_tried_again_and_a_file_that_broke_off_is_begun_anew()
    {
        var (asked, downloads) = (0, 0);
        await using var service = await StandIn.StartAsync(app =>
        {
            app.MapGet("/api/workflows/up", () => ++asked == 1
                ? Results.Content("""{ "error": "Starting." }""", "application/problem+json", null, 503)
                : Results.Content(Workflow, "application/json"));
            MapJob(app);
            app.MapGet("/api/jobs/j/outputs/0", async (HttpContext http) =>
            {
                http.Response.ContentLength = 5;
                await http.Response.WriteAsync(++downloads == 1 ? "he" : "hello");
                await http.Response.Body.FlushAsync();
                if (downloads == 1)
                {
                    http.Abort();
                }
            });
        });

        var said = await Said.ByAsync(service.Address, "run", "up", "-o", _directory.FullName, "--json");

        Assert.Equal((ExitCodes.Success, 2, 2), (said.ExitCode, asked, downloads));
        Assert.Equal(("completed", false), (
            said.Document.GetProperty("status").GetString(), said.Document.TryGetProperty("error", out var error)
                && error.ValueKind is System.Text.Json.JsonValueKind.String));
        Assert.Equal("hello", await File.ReadAllTextAsync(Assert.Single(_directory.GetFiles()).FullName));
        Assert.Contains("Trying again for 120 s.", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_in_which_nothing_comes_any_more_is_out_of_reach()
    {
        await using var service = await StandIn.StartAsync(app => app.MapGet("/file", async (HttpContext http) =>
        {
            http.Response.ContentLength = 5;
            await http.Response.WriteAsync("he");
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        }));
        using var client = new ServiceClient(ServiceAddress.Of(service.Address), new Hasty());
        using var into = new MemoryStream();

        await Assert.ThrowsAsync<OutOfReachException>(
            () => client.DownloadAsync("/file", into, CancellationToken.None));
    }

    [Fact]
    public async Task A_problem_without_end_is_not_read_to_its_end()
    {
        await using var service = await StandIn.StartAsync(app => app.MapFallback(async (HttpContext http) =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (500, "application/problem+json");
            var piece = new string(' ', 1 << 16);
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(piece, http.RequestAborted);
            }
        }));

        var said = await Said.ByAsync(service.Address, "instances");

        Assert.Equal(ExitCodes.Failure, said.ExitCode);
        Assert.Contains("was answered 500", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_while_it_saves_a_job_that_has_ended_is_not_said_to_go_on()
    {
        using var asked = new CancellationTokenSource();
        var cancels = 0;
        await using var service = await StandIn.StartAsync(app =>
        {
            MapJob(app);
            app.MapPost("/api/jobs/j/cancel", () => ++cancels);
            app.MapGet("/api/jobs/j/outputs/0", async (HttpContext http) =>
            {
                await asked.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            });
        });
        using var client = new ServiceClient(ServiceAddress.Of(service.Address), TimeProvider.System);
        using var interruption = new Interruption(asked.Token);
        var item = new RunItem("up", "up", "");

        await new JobRunner(
            client, new OutputFiles(_directory.FullName, overwrite: false), Patience.None, interruption,
            TimeProvider.System).RunAsync(item, _ => { });

        Assert.Equal(("interrupted", ExitCodes.Interrupted, 0), (item.Failure!.Code, item.Failure.ExitCode, cancels));
        Assert.Contains("job j had ended", item.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.GetFiles());
    }

    [Theory]
    [InlineData("watch", "data: no JSON\n\n")]
    [InlineData("run up", "{}")]
    [InlineData("run up", "[7]")]
    [InlineData("workflow list", """{ "workflows": [null] }""")]
    [InlineData("workflow list", """{ "workflows": 7 }""")]
    public async Task What_makes_no_sense_is_no_answer_of_a_service(string command, string body)
    {
        await using var service = await StandIn.StartAsync(app =>
            app.MapFallback(() => Results.Content(body, command == "watch" ? "text/event-stream" : "application/json")));

        var said = await Said.ByAsync(service.Address, command.Split(' '));

        Assert.Equal(ExitCodes.Failure, said.ExitCode);
        Assert.Contains("no AkkaComfy", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_has_gone_ends_the_command_without_a_word()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var service = await StandIn.StartAsync(app => app.MapFallback(() =>
            Results.Content("id: 1\nevent: job\ndata: {}\n\n", "text/event-stream")));
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var client = pipe.ClientSafePipeHandle;
        using var end = new SafeFileHandle(client.DangerousGetHandle(), ownsHandle: false);
        using var errors = new StringWriter();
        await using var output = new StreamWriter(OutputPipe.On(end)!) { AutoFlush = true };
        var terminal = new Terminal(
            output, errors, name => name == "AKKACOMFY_URL" ? service.Address.ToString() : null);
        await output.WriteLineAsync("somebody reads this");
        await pipe.DisposeAsync();

        var exitCode = await new CommandLine(terminal).RunAsync(["watch"]);

        Assert.Equal((ExitCodes.Unread, ""), (exitCode, errors.ToString()));
    }

    private static void MapJob(WebApplication app)
    {
        app.MapPost("/api/async/up", () =>
            Results.Content("""{ "job_id": "j", "status": "pending" }""", "application/json", null, 202));
        app.MapGet("/api/jobs/j/status", () => """{ "status": "completed" }""");
        app.MapGet("/api/jobs/j/info", () => """
            { "outputs": [ { "filename": "a.txt", "media_type": "text/plain", "url": "/api/jobs/j/outputs/0" } ] }
            """);
    }

    /// <summary>A clock for which silence has lasted too long in an instant.</summary>
    private sealed class Hasty : TimeProvider
    {
        private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Silence ? TimeSpan.FromMilliseconds(50) : dueTime, period);
    }
}
