using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Host.Watching;

/// <summary>What tells without reading it that a file may have changed.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="IOException">It went while it was looked at.</exception>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        // Mounted configuration consists of links, whose targets change while they do not.
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return target.Exists ? new FileStamp(target.Length, target.LastWriteTimeUtc) : null;
    }
}

/// <summary>The same of a workflow's folder.</summary>
internal readonly record struct FolderStamp(FileStamp? Graph, FileStamp? Manifest)
{
    /// <summary>Of a folder that cannot be looked at; no other is like it.</summary>
    public static FolderStamp Hidden { get; } = new(new FileStamp(-1, DateTime.MinValue), null);

    public static FolderStamp Of(string folder) => new(
        FileStamp.Of(Path.Combine(folder, WorkflowParser.GraphFile)),
        FileStamp.Of(Path.Combine(folder, WorkflowParser.ManifestFile)));
}
