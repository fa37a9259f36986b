using System.Text.Json;
using AkkaComfy.Host.Commands.Workflows;
using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Tests.Commands.Workflows;

public sealed class WorkflowInitTests : IDisposable
{
    private readonly WorkflowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task An_export_becomes_a_folder_that_the_service_loads()
    {
        var export = _files.Write("My Flow (2).json", WorkflowFiles.Scale);

        var report = await RunAsync(new WorkflowInitOptions(export, null, _files.Folders, false, []));

        Assert.True(report.Ok, report.Error);
        Assert.Equal(("my-flow-2", null), (report.Name, report.Instance));
        var workflow = Assert.Single(WorkflowFolders.Load(_files.Folders).All);
        Assert.Equal(["imageFile", "height", "width"], workflow.Inputs.Keys);
        Assert.Equal(WorkflowFiles.Scale, await File.ReadAllTextAsync(Path.Combine(report.Folder, "workflow.json")));
        Assert.Contains("POST /api/my-flow-2", await File.ReadAllTextAsync(Path.Combine(report.Folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains("No instance answered", string.Join('\n', report.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_answers_tells_types_ranges_and_choices()
    {
        await using var fleet = await WorkflowFiles.StartInstanceAsync();
        var export = _files.Write("flow.json", WorkflowFiles.Scale);

        var report = await RunAsync(new WorkflowInitOptions(
            export, "scale", _files.Folders, false, [WorkflowFiles.Nobody, .. WorkflowFiles.Of(fleet)]));

        Assert.Equal(fleet.Hosts, report.Instance);
        var workflow = Assert.Single(WorkflowFolders.Load(_files.Folders).All);
        Assert.Equal(["imageFile", "height", "method", "width"], workflow.Inputs.Keys);
        Assert.True(workflow.Inputs["width"] is { Minimum: 0, Maximum: 16384 });
        Assert.Equal(
            ["nearest-exact", "bilinear", "area", "bicubic", "lanczos"], workflow.Inputs["method"].Values.AsEnumerable());
    }

    [Theory]
    [InlineData("blend-images", "amount,imageFile,imageFile2")]
    [InlineData("fill-masked-area", "batch_size,height,imageFile,imageFile2,width")]
    [InlineData("resize-image", "height,imageFile,method,width")]
    [InlineData("text-to-animation", "batch_size,cfg,denoise,fps,height,negative_prompt,prompt,prompt2,sampler,scheduler,seed,steps,width")]
    [InlineData("text-to-image", "batch_size,cfg,denoise,height,negative_prompt,prompt,sampler,scheduler,seed,steps,width")]
    public async Task What_is_written_for_the_samples_passes_the_check_of_an_instance(string sample, string inputs)
    {
        await using var fleet = await WorkflowFiles.StartInstanceAsync();
        var instances = WorkflowFiles.Of(fleet);

        var report = await RunAsync(new WorkflowInitOptions(
            RepositoryFiles.PathOf($"samples/workflows/{sample}/workflow.json"), "draft", _files.Folders, false, instances));
        var check = await WorkflowCheck.RunAsync(
            new WorkflowCheckOptions(_files.Folders, instances), TimeProvider.System, CancellationToken.None);

        Assert.True(report.Ok, report.Error);
        Assert.True(check.Ok, string.Join('\n', check.Lines));
        Assert.Empty(check.Workflows[0].Issues);
        Assert.Equal(inputs.Split(','), WorkflowFolders.Load(_files.Folders).All.Single().Inputs.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Files_that_are_there_are_overwritten_only_by_force()
    {
        var export = _files.Write("flow.json", WorkflowFiles.Scale);
        var manifest = _files.Write("workflows/flow/manifest.json", "mine");
        var options = new WorkflowInitOptions(export, null, _files.Folders, false, []);

        var refused = await RunAsync(options);
        Assert.Contains("manifest.json exists already; --force overwrites", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(manifest));
        Assert.False(File.Exists(Path.Combine(refused.Folder, "workflow.json")));

        Assert.True((await RunAsync(options with { Force = true })).Ok);
        Assert.Single(WorkflowFolders.Load(_files.Folders).All);
    }

    [Fact]
    public async Task A_graph_that_is_in_its_folder_already_is_left_alone()
    {
        var export = _files.Write("workflows/flow/workflow.json", WorkflowFiles.Scale);

        var report = await RunAsync(new WorkflowInitOptions(export, "flow", _files.Folders, false, []));

        Assert.True(report.Ok, report.Error);
        Assert.Equal(["manifest.json", "README.md"], report.Files.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("""{ "last_node_id": 1, "nodes": [], "links": [] }""", "flow", "Workflow > Export (API)")]
    [InlineData(WorkflowFiles.Scale, "Flow", "the name 'Flow' is not allowed")]
    [InlineData(WorkflowFiles.Scale, "jobs", "reserved")]
    public async Task What_could_never_be_a_workflow_leaves_nothing_behind(string graph, string name, string reason)
    {
        var export = _files.Write("flow.json", graph);

        var report = await RunAsync(new WorkflowInitOptions(export, name, _files.Folders, false, []));

        Assert.False(report.Ok);
        Assert.Contains(reason, string.Join('\n', report.Lines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files.Folders));
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, WorkflowReportsJson.Default.WorkflowInitReport));
        Assert.False(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal("error", json.RootElement.GetProperty("problems")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told()
    {
        var report = await RunAsync(new WorkflowInitOptions(
            Path.Combine(_files.Root, "nowhere.json"), null, _files.Folders, false, []));

        Assert.Contains("nowhere.json", report.Error, StringComparison.Ordinal);
    }

    private static Task<WorkflowInitReport> RunAsync(WorkflowInitOptions options) =>
        WorkflowInit.RunAsync(options, TimeProvider.System, CancellationToken.None);
}
