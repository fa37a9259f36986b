using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>Folders of workflows that come, change and go while the service runs.</summary>
public sealed class WorkflowWatchTests : IDisposable
{
    private const string Invert = """
        { "1": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "" } },
          "2": { "class_type": "ImageInvert", "inputs": { "image": ["1", 0] } },
          "3": { "class_type": "SaveImage", "inputs": { "images": ["2", 0], "filename_prefix": "inverted" } } }
        """;

    private readonly DirectoryInfo _folders = Directory.CreateTempSubdirectory("akkacomfy-workflows-");

    public WorkflowWatchTests() => Write("first", Invert);

    public void Dispose() => _folders.Delete(recursive: true);

    [Fact]
    public async Task A_folder_that_is_dropped_in_is_an_endpoint_without_a_restart_and_can_be_renamed()
    {
        await using var service = await StartAsync();

        Write("second", Invert);
        await UntilAsync(service, all => Names(all) is ["first", "second"]);
        using var response = await service.SubmitAsync("/api/second");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        Directory.Move(PathOf("second"), PathOf("third"));
        await UntilAsync(service, all => Names(all) is ["first", "third"]);
        using var gone = await service.SubmitAsync("/api/second");
        using var there = await service.SubmitAsync("/api/third");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (gone.StatusCode, there.StatusCode));
    }

    [Fact]
    public async Task A_change_that_is_valid_is_taken_and_one_that_is_not_is_told_while_the_old_one_stays()
    {
        await using var service = await StartAsync();
        var before = Version(await service.GetAsync("/api/workflows/first"));

        Manifest("first", """{ "title": "First", "inputs": { "imageFile": { "type": "image", "bind": "1.image" } } }""");
        var all = await UntilAsync(service, all => Text(all.GetProperty("workflows")[0], "title") == "First");
        var changed = Version(all.GetProperty("workflows")[0]);
        Assert.NotEqual(before, changed);

        Manifest("first", """{ "inputs": { "imageFile": { "type": "image", "bind": "9.image" } } }""");
        var refused = (await UntilAsync(service, all => Refused(all) == 1)).GetProperty("refused")[0];
        Assert.Equal(("first", changed), (Text(refused, "name"), Text(refused, "served_version")));
        var problem = Assert.Single(refused.GetProperty("problems").EnumerateArray());
        Assert.Equal(("manifest.json", "inputs.imageFile.bind"), (Text(problem, "file"), Text(problem, "place")));
        Assert.Contains("there is no node '9'", Text(problem, "reason"), StringComparison.Ordinal);
        using var served = await service.SubmitAsync("/api/first");
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);

        File.Delete(Path.Combine(PathOf("first"), "manifest.json"));
        await UntilAsync(service, all => Refused(all) == 0 && Version(all.GetProperty("workflows")[0]) == before);
    }

    [Fact]
    public async Task A_folder_that_never_was_a_workflow_is_told_until_it_is_one_or_gone()
    {
        await using var service = await StartAsync();

        Write("editor", """{ "last_node_id": 9, "nodes": [], "links": [] }""");
        Directory.CreateDirectory(PathOf("empty"));
        Write("jobs", Invert);
        var all = await UntilAsync(service, all => Refused(all) == 3);
        var reasons = all.GetProperty("refused").EnumerateArray().ToDictionary(
            folder => Text(folder, "name"), folder => Text(folder.GetProperty("problems")[0], "reason"));
        Assert.Contains("Workflow > Export (API)", reasons["editor"], StringComparison.Ordinal);
        Assert.Equal("is missing", reasons["empty"]);
        Assert.Contains("reserved", reasons["jobs"], StringComparison.Ordinal);
        Assert.Equal(["first"], Names(all));

        Write("editor", Invert);
        Directory.Delete(PathOf("empty"));
        Directory.Delete(PathOf("jobs"), recursive: true);
        await UntilAsync(service, all => Refused(all) == 0 && Names(all) is ["editor", "first"]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_is_told_and_keeps_no_other_from_being_followed()
    {
        await using var service = await StartAsync();
        Directory.CreateDirectory(PathOf("a-loop"));
        File.CreateSymbolicLink(Path.Combine(PathOf("a-loop"), "workflow.json"), "workflow.json");
        Write("second", Invert);

        var all = await UntilAsync(service, all => Names(all) is ["first", "second"] && Refused(all) == 1);

        var refused = all.GetProperty("refused")[0];
        Assert.Equal("a-loop", Text(refused, "name"));
        Assert.Contains("cannot be read", Text(refused.GetProperty("problems")[0], "reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_wait_for_a_workflow_whose_folder_is_removed_fail_and_all_others_go_on()
    {
        Write("second", Invert);
        await using var service = await StartAsync();
        var instance = Text((await service.GetAsync("/api/instances")).GetProperty("instances")[0], "id");
        (await service.Http.PostAsync($"/api/instances/{instance}/drain", null)).Dispose();
        var waiting = await service.AcceptAsync("second");
        var staying = await service.AcceptAsync("first");

        Directory.Delete(PathOf("second"), recursive: true);
        var ended = await service.EndOfAsync(waiting);
        (await service.Http.PostAsync($"/api/instances/{instance}/resume", null)).Dispose();

        Assert.Equal(("failed", "unknown_workflow"), (Text(ended, "status"), Text(ended, "error_code")));
        Assert.Equal("completed", Text(await service.EndOfAsync(staying), "status"));
        Assert.Equal(["first"], Names(await service.GetAsync("/api/workflows")));
    }

    [Fact]
    public async Task A_workflow_without_any_image_is_an_endpoint_and_the_seed_that_was_drawn_is_told_with_the_job()
    {
        await using var service = await StartAsync();
        Write("paint", """
            { "1": { "class_type": "EmptyImage", "inputs": { "width": 8, "height": 8, "batch_size": 1, "color": 0 } },
              "2": { "class_type": "SaveImage", "inputs": { "images": ["1", 0], "filename_prefix": "painted" } } }
            """);
        Manifest("paint", """
            { "inputs": { "size": { "type": "integer", "bind": ["1.width", "1.height"], "minimum": 1, "maximum": 64 },
                          "colour": { "type": "seed", "bind": "1.color", "maximum": 16777215 } } }
            """);
        await UntilAsync(service, all => Names(all) is ["first", "paint"] && Refused(all) == 0);

        var job = Text(await PostAsync(service, "/api/async/paint", """{ "size": 16 }"""), "job_id");
        Assert.Equal("completed", Text(await service.EndOfAsync(job), "status"));
        var inputs = (await service.GetAsync($"/api/jobs/{job}/info")).GetProperty("inputs");

        Assert.Equal(16, inputs.GetProperty("size").GetProperty("value").GetInt32());
        var drawn = inputs.GetProperty("colour").GetProperty("value").GetInt32();
        Assert.InRange(drawn, 0, 16777215);
        var again = Text(await PostAsync(service, "/api/async/paint", $$"""{ "size": 16, "colour": {{drawn}} }"""), "job_id");
        await service.EndOfAsync(again);
        Assert.Equal(await OutputAsync(service, job), await OutputAsync(service, again));
    }

    private static Task<byte[]> OutputAsync(RunningService service, string job) =>
        service.Http.GetByteArrayAsync($"/api/jobs/{job}/outputs/0");

    private static async Task<JsonElement> PostAsync(RunningService service, string path, string json)
    {
        using var content = new StringContent(json, null, "application/json");
        using var response = await service.Http.PostAsync(path, content);
        var body = await RunningService.JsonAsync(response);
        Assert.True(response.IsSuccessStatusCode, body.GetRawText());
        return body;
    }

    private static Task<JsonElement> UntilAsync(RunningService service, Func<JsonElement, bool> isExpected) =>
        service.UntilAsync("/api/workflows", isExpected);

    private static string[] Names(JsonElement all) =>
        [.. all.GetProperty("workflows").EnumerateArray().Select(workflow => Text(workflow, "name"))];

    private static int Refused(JsonElement all) => all.GetProperty("refused").GetArrayLength();

    private static string Version(JsonElement workflow) => Text(workflow, "version");

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private Task<RunningService> StartAsync() => RunningService.StartAsync(
        TimeSpan.Zero, ("WORKFLOWS_DIRECTORY", _folders.FullName), ("WORKFLOWS_SCAN_INTERVAL", "100"));

    private string PathOf(string folder) => Path.Combine(_folders.FullName, folder);

    private void Write(string folder, string graph) => File.WriteAllText(
        Path.Combine(_folders.CreateSubdirectory(folder).FullName, "workflow.json"), graph);

    private void Manifest(string folder, string manifest) =>
        File.WriteAllText(Path.Combine(PathOf(folder), "manifest.json"), manifest);
}
