using System.Collections.Immutable;
using System.Text.Json;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows.Checking;
using AkkaComfy.Host.Commands.Workflows;

namespace AkkaComfy.Host.Tests.Commands.Workflows;

public sealed class WorkflowCheckTests : IDisposable
{
    private readonly WorkflowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_workflows_that_ship_are_good_on_the_emulator_too()
    {
        await using var fleet = await WorkflowFiles.StartInstanceAsync();

        var report = await WorkflowCheck.RunAsync(
            new WorkflowCheckOptions(RepositoryFiles.PathOf("workflows"), WorkflowFiles.Of(fleet)),
            TimeProvider.System, CancellationToken.None);

        Assert.True(report.Ok, string.Join('\n', report.Lines));
        Assert.Equal(["remove-background: ok", "upscale-image: ok"], report.Lines);
    }

    [Fact]
    public async Task Every_folder_is_told_of_and_one_bad_one_fails_the_check()
    {
        _files.Write("workflows/good/workflow.json", WorkflowFiles.Scale);
        _files.Write("workflows/editor/workflow.json", """{ "nodes": [], "links": [] }""");
        Directory.CreateDirectory(Path.Combine(_files.Folders, "empty"));

        var report = await CheckAsync();

        Assert.False(report.Ok);
        Assert.Equal([("editor", false), ("empty", false), ("good", true)], report.Workflows.Select(each => (each.Name, each.Ok)));
        Assert.Contains("Workflow > Export (API)", Assert.Single(report.Workflows[0].Issues).Reason, StringComparison.Ordinal);
        Assert.Equal("  error: workflow.json: is missing", report.Lines.ElementAt(3));
    }

    [Fact]
    public async Task What_an_instance_lacks_is_an_error_online()
    {
        await using var fleet = await WorkflowFiles.StartInstanceAsync();
        _files.Write("workflows/flow/workflow.json", WorkflowFiles.Scale
            .Replace("lanczos", "magic", StringComparison.Ordinal)
            .Replace("SaveImage", "SaveNowhere", StringComparison.Ordinal));

        Assert.True((await CheckAsync()).Ok);
        var report = await CheckAsync(WorkflowFiles.Of(fleet)[0]);

        Assert.False(report.Ok);
        Assert.Equal(
            [(IssueSeverity.Error, "2.inputs.upscale_method"), (IssueSeverity.Error, "3.class_type")],
            Assert.Single(report.Workflows).Issues.Select(issue => (issue.Severity, issue.Place)));
        Assert.All(report.Workflows[0].Issues, issue => Assert.Equal(fleet.Hosts, issue.Instance));
    }

    [Fact]
    public async Task Instances_that_do_not_answer_fail_the_check_only_if_none_does()
    {
        await using var fleet = await WorkflowFiles.StartInstanceAsync();
        _files.Write("workflows/flow/workflow.json", WorkflowFiles.Scale);

        var none = await CheckAsync(WorkflowFiles.Nobody);
        var one = await CheckAsync(WorkflowFiles.Nobody, WorkflowFiles.Of(fleet)[0]);

        Assert.Equal((false, true), (none.Ok, one.Ok));
        Assert.Contains("127.0.0.1:1 did not answer", string.Join('\n', one.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_without_workflows_fails_the_check() => Assert.Equal(
        (false, $"There is no workflow's folder in {_files.Folders}."),
        ((await CheckAsync()).Ok, (await CheckAsync()).Lines.Single()));

    [Fact]
    public async Task A_report_is_JSON_for_programs()
    {
        _files.Write("workflows/editor/workflow.json", """{ "nodes": [], "links": [] }""");

        using var json = JsonDocument.Parse(
            JsonSerializer.Serialize(await CheckAsync(), WorkflowReportsJson.Default.WorkflowCheckReport));

        var workflow = json.RootElement.GetProperty("workflows")[0];
        Assert.Equal(["directory", "workflows", "instances", "ok"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["name", "version", "issues", "ok"], workflow.EnumerateObject().Select(member => member.Name));
        Assert.Equal("error", workflow.GetProperty("issues")[0].GetProperty("severity").GetString());
    }

    private Task<WorkflowCheckReport> CheckAsync(params ImmutableArray<ComfyEndpoint> instances) => WorkflowCheck.RunAsync(
        new WorkflowCheckOptions(_files.Folders, instances), TimeProvider.System, CancellationToken.None);
}
