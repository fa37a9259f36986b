using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Watching;

/// <summary>Reads the folder of one workflow.</summary>
internal static class WorkflowFolder
{
    private const long LargestFile = 16 * 1_048_576;

    /// <summary>The folders there are; hidden ones are none of ours.</summary>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    public static List<string> In(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory)
            .Where(folder => !NameOf(folder).StartsWith('.')).Order(StringComparer.Ordinal).ToList()
        : [];

    public static string NameOf(string folder) => Path.GetFileName(folder);

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static WorkflowParsed Read(string folder)
    {
        var graph = Path.Combine(folder, WorkflowParser.GraphFile);
        var manifest = Path.Combine(folder, WorkflowParser.ManifestFile);
        return File.Exists(graph)
            ? WorkflowParser.Parse(
                new WorkflowName(NameOf(folder)), ReadText(graph), File.Exists(manifest) ? ReadText(manifest) : null)
            : new WorkflowParsed(null, [new WorkflowProblem(WorkflowParser.GraphFile, "", "is missing")]);
    }

    private static string ReadText(string file) => new FileInfo(file).Length <= LargestFile
        ? File.ReadAllText(file)
        : throw new IOException($"{file} is larger than {LargestFile} bytes");
}
