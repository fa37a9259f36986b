using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Tests.Settings;

public sealed class WorkflowFoldersTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_shipped_workflows_load()
    {
        var catalog = WorkflowFolders.Load(RepositoryFiles.PathOf("workflows"));

        Assert.Equal(["remove-background", "upscale-image"], catalog.All.Select(workflow => workflow.Name.Value));
    }

    [Fact]
    public void A_missing_directory_is_refused_by_name()
    {
        var missing = Path.Combine(_directory.FullName, "nowhere");

        var error = Assert.Single(Errors(missing));

        Assert.Equal("WORKFLOWS_DIRECTORY", error.Key);
        Assert.Equal(missing, error.Value);
    }

    [Fact]
    public void An_empty_directory_is_refused() => Assert.Single(Errors(_directory.FullName));

    [Fact]
    public void Every_bad_folder_is_told_at_once()
    {
        _directory.CreateSubdirectory("empty");
        Write("broken", "{ this is no JSON");
        Write("jobs", """{ "1": { "class_type": "SaveImage", "inputs": { } } }""");

        var errors = Errors(_directory.FullName);

        foreach (var folder in new[] { "empty", "broken", "jobs" })
        {
            Assert.Contains(errors, error => Path.GetFileName(error.Value) == folder);
        }
    }

    [Fact]
    public void Hidden_folders_are_none_of_ours()
    {
        var hidden = _directory.CreateSubdirectory(".git");

        Assert.DoesNotContain(Errors(_directory.FullName), error => error.Value == hidden.FullName);
    }

    private static IReadOnlyList<SettingError> Errors(string directory) =>
        Assert.Throws<InvalidSettingsException>(() => WorkflowFolders.Load(directory)).Errors;

    private void Write(string folder, string workflow) =>
        File.WriteAllText(Path.Combine(_directory.CreateSubdirectory(folder).FullName, "workflow.json"), workflow);
}
