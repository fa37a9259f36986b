using System.Text.Json;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Tests.Commands.Support;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>The commands that ask a running service, against a real one.</summary>
public sealed class ServiceCommandTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>, IDisposable
{
    private readonly RunningService _service = fixture.Service;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-cli-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_run_saves_what_each_file_made_and_tells_programs_one_line_for_each()
    {
        var said = await AskAsync(
            "run", "upscale-image", Sample("cat.png"), Sample("rocket.jpg"), "-o", _directory.FullName, "--json");

        Assert.Equal(ExitCodes.Success, said.ExitCode);
        var results = said.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, results.Count);
        Assert.All(results, result =>
        {
            Assert.Equal("completed", Text(result, "status"));
            var output = Assert.Single(result.GetProperty("outputs").EnumerateArray());
            Assert.Equal(new FileInfo(Text(output, "file")!).Length, output.GetProperty("size").GetInt64());
        });
        Assert.Equal(
            ["cat.upscale-image.png", "rocket.upscale-image.png"],
            _directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(_directory.GetFiles(), file => Assert.Equal(0x89, File.ReadAllBytes(file.FullName)[0]));
    }

    [Fact]
    public async Task One_file_that_is_refused_does_not_hold_up_the_others_and_the_run_fails()
    {
        var broken = Path.Combine(_directory.FullName, "broken.png");
        await File.WriteAllTextAsync(broken, "no image");

        var said = await AskAsync("run", "upscale-image", broken, Sample("cat.png"), "-o", _directory.FullName);

        Assert.Equal(ExitCodes.Failure, said.ExitCode);
        Assert.Contains("broken.png: failed: ", said.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_directory.FullName, "cat.upscale-image.png")));
    }

    [Fact]
    public async Task A_file_or_a_workflow_that_is_not_there_is_told_before_anything_is_sent()
    {
        var noFile = await AskAsync(
            "run", "upscale-image", "nowhere.png", Sample("cat.png"), "-o", _directory.FullName);
        var noWorkflow = await AskAsync("run", "downscale", Sample("cat.png"), "--json");

        Assert.Equal(ExitCodes.Usage, noFile.ExitCode);
        Assert.Contains("There is no file 'nowhere.png'.", noFile.Error, StringComparison.Ordinal);
        Assert.Empty(_directory.GetFiles());
        Assert.Equal(ExitCodes.Failure, noWorkflow.ExitCode);
        Assert.Equal("unknown_workflow", Text(noWorkflow.Document, "code"));
        Assert.Contains("upscale-image", noWorkflow.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_are_listed_shown_and_deleted()
    {
        var id = await _service.AcceptAsync();
        await _service.EndOfAsync(id);

        var list = await AskAsync("jobs", "--status", "completed", "--limit", "500", "--json");
        var shown = await AskAsync("jobs", "show", id);
        var deleted = await AskAsync("jobs", "delete", id);
        var again = await AskAsync("jobs", "show", id, "--json");

        Assert.Contains(id, list.Document.GetProperty("jobs").EnumerateArray().Select(job => Text(job, "job_id")));
        Assert.All([id, "completed", "remove-background", "image/png"],
            word => Assert.Contains(word, shown.Out, StringComparison.Ordinal));
        Assert.Equal(
            (ExitCodes.Success, $"The job {id} and its files are deleted."),
            (deleted.ExitCode, deleted.Lines.Single()));
        Assert.Equal((ExitCodes.Failure, "unknown_job"), (again.ExitCode, Text(again.Document, "code")));
    }

    [Fact]
    public async Task A_job_is_watched_to_its_end_which_the_exit_code_tells()
    {
        var good = await _service.AcceptAsync();

        var watched = await AskAsync("watch", good);
        var events = await AskAsync("watch", good, "--json");
        var unknown = await AskAsync("watch", Guid.NewGuid().ToString(), "--json");

        Assert.Equal(ExitCodes.Success, watched.ExitCode);
        Assert.StartsWith($"completed  {good}", watched.Lines[^1], StringComparison.Ordinal);
        var end = JsonDocument.Parse(events.Lines[^1]).RootElement;
        Assert.Equal(("completed", good), (Text(end, "event"), Text(end.GetProperty("data"), "job_id")));
        Assert.Equal((ExitCodes.Failure, "unknown_job"), (unknown.ExitCode, Text(unknown.Document, "code")));
    }

    [Fact]
    public async Task A_job_that_has_ended_cannot_be_cancelled_and_the_exit_code_says_so()
    {
        var id = await _service.AcceptAsync();
        await _service.EndOfAsync(id);

        var said = await AskAsync("jobs", "cancel", id);

        Assert.Equal(ExitCodes.Failure, said.ExitCode);
        Assert.Contains("already ended", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_are_listed_drained_and_resumed()
    {
        var listed = await AskAsync("instances", "--json");
        var id = Text(listed.Document.GetProperty("instances")[0], "id")!;

        var drained = await AskAsync("instances", "drain", id);
        var shown = await AskAsync("instances", "show", id);
        var resumed = await AskAsync("instances", "resume", id);
        var table = await AskAsync("instances", "list");

        Assert.Equal($"{id} is draining, with 0 active jobs.", Assert.Single(drained.Lines));
        Assert.All(["isolated", "0.3.64", "drained on request", "emulated"],
            word => Assert.Contains(word, shown.Out, StringComparison.Ordinal));
        Assert.Equal($"{id} is up, with 0 active jobs.", Assert.Single(resumed.Lines));
        Assert.Contains($"{id}  up", table.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflows_are_listed_with_what_they_take()
    {
        var said = await AskAsync("workflow", "list");

        Assert.Contains(said.Lines, line =>
            line.StartsWith("upscale-image", StringComparison.Ordinal)
            && line.Contains("imageFile (image, required)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("instances")]
    [InlineData("workflow list")]
    public async Task Where_nobody_looks_there_are_no_control_characters(string arguments)
    {
        var said = await AskAsync(arguments.Split(' '));

        Assert.Equal(ExitCodes.Success, said.ExitCode);
        Assert.DoesNotContain(said.Out + said.Error, character => char.IsControl(character) && character != '\n');
    }

    private Task<Said> AskAsync(params string[] arguments) => Said.ByAsync(_service.Http.BaseAddress, arguments);

    private static string Sample(string name) => RepositoryFiles.PathOf(Path.Combine("samples", name));

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
