using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Keeps files in a directory, one for each content. Safe for any number of threads of one process.</summary>
public sealed class FileBlobStore(string root) : IBlobStore
{
    private readonly BlobDirectory _directory = new(root);
    private readonly BlobPins _pins = new();

    public IBlobWriter Create() => new FileBlobWriter(_directory, _pins);

    public Stream OpenRead(BlobId id)
    {
        var path = _directory.PathOf(id);
        try
        {
            // Shared with deletion: a reader keeps what it opened, whatever happens to the name.
            return new FileStream(path, new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException($"There is no file '{id}'.", path, e);
        }
    }

    public void Delete(BlobId id) => TryDelete(id);

    public int Sweep(IReadOnlySet<BlobId> keep)
    {
        foreach (var abandoned in Directory.EnumerateFiles(_directory.Unfinished))
            File.Delete(abandoned);
        return _directory.All().Where(id => !keep.Contains(id)).Count(TryDelete);
    }

    private bool TryDelete(BlobId id)
    {
        var path = _directory.PathOf(id);
        return _pins.IfFree(id, () =>
        {
            if (File.Exists(path))
                File.Delete(path);
        });
    }
}
