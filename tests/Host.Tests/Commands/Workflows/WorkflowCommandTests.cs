using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Tests.Commands.Support;

namespace AkkaComfy.Host.Tests.Commands.Workflows;

/// <summary>The commands about folders of workflows: what they say, and how they end.</summary>
public sealed class WorkflowCommandTests : IDisposable
{
    private readonly WorkflowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_folder_that_init_writes_is_one_that_check_finds_good()
    {
        var export = _files.Write("scale.json", WorkflowFiles.Scale);

        var written = await Said.ByAsync("workflow", "init", export, "--directory", _files.Folders, "--offline");
        var check = await Said.ByAsync("workflow", "check", "--directory", _files.Folders, "--json");
        var again = await Said.ByAsync("workflow", "init", export, "--directory", _files.Folders, "--offline");

        Assert.Equal(ExitCodes.Success, written.ExitCode);
        Assert.Contains("POST /api/scale", written.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, check.ExitCode);
        Assert.Equal("scale", check.Document.GetProperty("workflows")[0].GetProperty("name").GetString());
        Assert.Equal(ExitCodes.Failure, again.ExitCode);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_are_held_against_an_instance_that_is_named()
    {
        await using var fleet = await WorkflowFiles.StartInstanceAsync();
        _files.Write("workflows/scale/workflow.json", WorkflowFiles.Scale);
        _files.Write(
            "workflows/odd/workflow.json",
            WorkflowFiles.Scale.Replace("ImageScale", "NoSuchNode", StringComparison.Ordinal));

        var said = await Said.ByAsync("workflow", "check", "--directory", _files.Folders, "--instance", fleet.Hosts);

        Assert.Equal(ExitCodes.Configuration, said.ExitCode);
        Assert.Contains("scale: ok", said.Out, StringComparison.Ordinal);
        Assert.Contains("odd: cannot be used", said.Out, StringComparison.Ordinal);
        Assert.Contains("NoSuchNode", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_graph_and_what_is_not_there_is_told()
    {
        var ui = _files.Write("ui.json", """{ "nodes": [], "links": [], "version": 0.4 }""");

        var unusable = await Said.ByAsync("workflow", "init", ui, "--directory", _files.Folders, "--offline", "--json");
        var missing = await Said.ByAsync("workflow", "init", "nowhere.json");
        var noInstance = await Said.ByAsync("workflow", "check", "--instance", "ftp://x");

        Assert.Equal(ExitCodes.Configuration, unusable.ExitCode);
        Assert.Contains("Export (API)", unusable.Error, StringComparison.Ordinal);
        Assert.False(unusable.Document.GetProperty("ok").GetBoolean());
        Assert.Equal((ExitCodes.Usage, ExitCodes.Usage), (missing.ExitCode, noInstance.ExitCode));
        Assert.Contains("'nowhere.json'", missing.Error, StringComparison.Ordinal);
    }
}
