using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Settings;

/// <summary>Loads the folders of workflows; every problem of every folder is told at once.</summary>
internal static class WorkflowFolders
{
    private const string Key = "WORKFLOWS_DIRECTORY";
    private const long LargestFile = 16 * 1_048_576;

    /// <exception cref="InvalidSettingsException">A folder is missing, unreadable or wrong.</exception>
    public static WorkflowCatalog Load(string directory)
    {
        var errors = new List<SettingError>();
        var workflows = new List<Workflow>();
        foreach (var folder in Folders(directory))
        {
            try
            {
                Load(folder, workflows, errors);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                errors.Add(new SettingError(Key, folder, $"readable files ({unreadable.Message})"));
            }
        }

        return errors.Count == 0 ? new WorkflowCatalog(workflows) : throw new InvalidSettingsException(errors);
    }

    private static List<string> Folders(string directory)
    {
        var folders = Directory.Exists(directory)
            ? Directory.EnumerateDirectories(directory)
                .Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(StringComparer.Ordinal).ToList()
            : [];
        return folders.Count > 0 ? folders : throw new InvalidSettingsException([new SettingError(
            Key, directory, "an existing directory with at least one workflow's folder in it")]);
    }

    private static void Load(string folder, List<Workflow> workflows, List<SettingError> errors)
    {
        var graph = Path.Combine(folder, WorkflowParser.GraphFile);
        var manifest = Path.Combine(folder, WorkflowParser.ManifestFile);
        if (!File.Exists(graph))
        {
            errors.Add(new SettingError(Key, folder, $"a file {WorkflowParser.GraphFile} in it"));
            return;
        }

        var parsed = WorkflowParser.Parse(
            new WorkflowName(Path.GetFileName(folder)), Read(graph), File.Exists(manifest) ? Read(manifest) : null);
        errors.AddRange(parsed.Problems.Select(
            problem => new SettingError(Key, folder, $"a valid workflow, but {problem.ToString().TrimEnd('.')}")));
        if (parsed.IsValid)
        {
            workflows.Add(parsed.Workflow);
        }
    }

    private static string Read(string file) => new FileInfo(file).Length <= LargestFile
        ? File.ReadAllText(file)
        : throw new IOException($"{file} is larger than {LargestFile} bytes");
}
