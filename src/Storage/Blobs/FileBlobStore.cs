using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Keeps files in a directory of its own, one for each content; safe for the threads of one process.</summary>
public sealed class FileBlobStore : IBlobStore
{
    private readonly BlobDirectory _directory;
    private readonly BlobPins _pins;

    /// <summary>Deletes what a writer of an earlier process left unfinished.</summary>
    public FileBlobStore(string root)
    {
        _directory = new BlobDirectory(root);
        _directory.DeleteUnfinished();
        _pins = new BlobPins(_directory.Delete);
    }

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
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // By its id: clients are told of it, and paths are none of their business.
            throw new FileNotFoundException($"There is no file '{id}'.", path, e);
        }
    }

    public IBlobDeletion BeginDeletion(IReadOnlyCollection<BlobId> ids) => _pins.BeginDeletion(ids);

    public IEnumerable<BlobId> All() => _directory.All();
}
