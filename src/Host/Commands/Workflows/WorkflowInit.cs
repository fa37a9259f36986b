using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Core.Workflows.Drafting;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Commands.Workflows;

/// <summary>What <c>workflow init</c> is asked.</summary>
/// <param name="File">The graph, as "Export (API)" wrote it.</param>
/// <param name="Name">Of the folder; null for one made of the file's name.</param>
/// <param name="Directory">Where the folder goes.</param>
/// <param name="Force">Whether files that are there may be overwritten.</param>
/// <param name="Instances">Asked for types, ranges and choices; the first that answers is believed.</param>
internal sealed record WorkflowInitOptions(
    string File, string? Name, string Directory, bool Force, ImmutableArray<ComfyEndpoint> Instances);

/// <summary>What came of it.</summary>
/// <param name="Instance">Which instance was asked; null when none answered.</param>
/// <param name="Error">Why nothing was written; null when all was.</param>
/// <param name="Problems">What is wrong with the graph, if that is why.</param>
internal sealed record WorkflowInitReport(
    string Name, string Folder, string[] Files, string? Instance, string? Error, WorkflowIssueReport[] Problems)
{
    public bool Ok => Error is null;

    /// <summary>For people.</summary>
    [JsonIgnore]
    public IEnumerable<string> Lines => Ok
        ?
        [
            .. Files.Select(file => $"wrote {file}"),
            Instance is null
                ? "No instance answered: types and ranges are taken from names and values; look through the manifest."
                : $"Types, ranges and choices are those of {Instance}.",
            $"POST /api/{Name} is there as soon as a service sees the folder.",
        ]
        : [Error!, .. Problems.Select(problem => $"  {problem}")];
}

/// <summary>Writes a folder to start from.</summary>
internal static class WorkflowInit
{
    private const string ReadmeFile = "README.md";
    private const long LargestFile = 16 * 1_048_576;

    public static async Task<WorkflowInitReport> RunAsync(
        WorkflowInitOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = options.Name ?? NameFrom(options.File);
        var folder = Path.Combine(options.Directory, name);
        try
        {
            return await WriteAsync(options, name, folder, time, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refused(name, folder, failure.Message);
        }
    }

    /// <summary>As good a name as can be made of a file's name; what is wrong with it is told with the graph.</summary>
    public static string NameFrom(string file)
    {
        var letters = Path.GetFileNameWithoutExtension(file).ToLowerInvariant()
            .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        return string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<WorkflowInitReport> WriteAsync(
        WorkflowInitOptions options, string name, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (new FileInfo(options.File).Length > LargestFile)
        {
            return Refused(name, folder, $"{options.File} is larger than {LargestFile} bytes.");
        }

        var graph = await File.ReadAllTextAsync(options.File, cancellationToken);
        var nodes = await FirstOfAsync(options.Instances, time, cancellationToken);
        var (draft, problems) = WorkflowDraft.Of(new WorkflowName(name), graph, nodes?.Declared);
        if (draft is null)
        {
            return Refused(name, folder, $"{options.File} cannot be a workflow:") with
            {
                Problems = [.. problems.Select(WorkflowIssueReport.Of)],
            };
        }

        // The graph comes last: the folder is no workflow before it is complete.
        (string Path, string Text)[] files =
        [
            (Path.Combine(folder, WorkflowParser.ManifestFile), draft.Manifest),
            (Path.Combine(folder, ReadmeFile), draft.Readme),
            (Path.Combine(folder, WorkflowParser.GraphFile), graph),
        ];
        files = [.. files.Where(file => Path.GetFullPath(file.Path) != Path.GetFullPath(options.File))];
        if (!options.Force && files.Select(file => file.Path).Where(File.Exists).ToList() is { Count: > 0 } there)
        {
            return Refused(name, folder, $"{string.Join(", ", there)} exists already; --force overwrites.");
        }

        Directory.CreateDirectory(folder);
        foreach (var (path, text) in files)
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }

        return new WorkflowInitReport(name, folder, [.. files.Select(file => file.Path)], nodes?.Instance, null, []);
    }

    private static async Task<LiveNodes?> FirstOfAsync(
        ImmutableArray<ComfyEndpoint> instances, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var instance in instances)
        {
            if (await LiveNodes.ReadAsync(instance, time, cancellationToken) is { Declared: not null } answer)
            {
                return answer;
            }
        }

        return null;
    }

    private static WorkflowInitReport Refused(string name, string folder, string error) =>
        new(name, folder, [], null, error, []);
}
