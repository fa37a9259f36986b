using System.Text.Json.Nodes;

namespace AkkaComfy.EndToEnd;

/// <summary>The commands as processes of their own, against the service as another.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("akkacomfy-results-");
    private readonly string _url = $"http://127.0.0.1:{RunningProgram.FreePort()}";
    private RunningProgram _service = null!;

    /// <summary>Slow, so that what is interrupted is surely under way.</summary>
    public async Task InitializeAsync() => _service = await RunningProgram.Service(
            new Dictionary<string, string>(),
            "serve", "--port", $"{new Uri(_url).Port}",
            "--emulate", "2", "--node-ms", "2000", "--progress-steps", "200")
        .AnsweringAsync(new Uri($"{_url}/health"));

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _results.Delete(recursive: true);
    }

    [Fact]
    public async Task Files_are_run_watched_and_saved_and_nothing_that_is_piped_steers_a_terminal()
    {
        await using var watch = CommandRun.Start("watch", "--url", _url, "--json");
        Assert.NotNull(await watch.LineAsync("\"instance\""));
        await using var run = CommandRun.Start(
            "run", "upscale-image", Checkout.Sample("cat.png"), Checkout.Sample("rocket.jpg"),
            "-o", _results.FullName, "--url", _url);

        Assert.True(await run.ExitCodeAsync() == 0, run.Out + await run.ErrorAsync());
        await using var again = CommandRun.Start(
            "run", "upscale-image", Checkout.Sample("cat.png"), "-o", _results.FullName, "--url", _url, "--json");
        Assert.Equal(0, await again.ExitCodeAsync());
        Assert.NotNull(await watch.LineAsync("\"completed\""));
        watch.Interrupt();

        Assert.Equal(0, await watch.ExitCodeAsync());
        Assert.All(
            watch.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotNull(JsonNode.Parse(line)));
        Assert.Equal(
            ["cat.upscale-image-2.png", "cat.upscale-image.png", "rocket.upscale-image.png"],
            _results.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(
            _results.GetFiles(), file => Assert.True(PngFacts.Of(File.ReadAllBytes(file.FullName)).Width >= 1804));
        var result = JsonNode.Parse(again.Out.Trim())!;
        Assert.Equal("completed", (string)result["status"]!);
        Assert.EndsWith("cat.upscale-image-2.png", (string)result["outputs"]![0]!["file"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(
            run.Out + await run.ErrorAsync() + again.Out + await again.ErrorAsync() + watch.Out,
            character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public async Task Interrupted_a_run_cancels_the_jobs_that_it_submitted()
    {
        await using var run = CommandRun.Start(
            "run", "remove-background", Checkout.Sample("cat.png"), Checkout.Sample("rocket.jpg"),
            "-o", _results.FullName, "--url", _url);
        Assert.NotNull(await run.LineAsync("processing"));

        run.Interrupt();

        Assert.Equal(130, await run.ExitCodeAsync());
        Assert.Empty(_results.GetFiles());
        await using var cancelled = CommandRun.Start("jobs", "--url", _url, "--json");
        Assert.Equal(0, await cancelled.ExitCodeAsync());
        var jobs = JsonNode.Parse(cancelled.Out)!["jobs"]!.AsArray();
        Assert.NotEmpty(jobs);
        foreach (var job in jobs)
        {
            Assert.Equal("cancelled", await EndOfAsync((string)job!["job_id"]!));
        }
    }

    private async Task<string> EndOfAsync(string job)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var answer = await http.GetStringAsync($"{_url}/api/jobs/{job}/status?wait=1", limit.Token);
            var status = JsonNode.Parse(answer)!;
            if ((string)status["status"]! is "completed" or "failed" or "cancelled")
            {
                return (string)status["status"]!;
            }
        }
    }
}
