using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Watching;

namespace AkkaComfy.Host.Settings;

/// <summary>Loads the folders of workflows at start; every problem of every folder is told at once.</summary>
internal static class WorkflowFolders
{
    private const string Key = "WORKFLOWS_DIRECTORY";

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
        var folders = WorkflowFolder.In(directory);
        return folders.Count > 0 ? folders : throw new InvalidSettingsException([new SettingError(
            Key, directory, "an existing directory with at least one workflow's folder in it")]);
    }

    private static void Load(string folder, List<Workflow> workflows, List<SettingError> errors)
    {
        var parsed = WorkflowFolder.Read(folder);
        errors.AddRange(parsed.Problems.Select(
            problem => new SettingError(Key, folder, $"a valid workflow, but {problem.ToString().TrimEnd('.')}")));
        if (parsed.IsValid)
        {
            workflows.Add(parsed.Workflow);
        }
    }
}
