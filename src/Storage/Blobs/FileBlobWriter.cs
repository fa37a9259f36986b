using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Writes one file under a name of its own, then gives it that of its content.</summary>
internal sealed class FileBlobWriter : IBlobWriter
{
    private readonly BlobDirectory _directory;
    private readonly BlobPins _pins;
    private readonly string _unfinished;
    private readonly FileStream _file;
    private readonly HashingStream _hashing;
    private bool _ended;

    public FileBlobWriter(BlobDirectory directory, BlobPins pins)
    {
        _directory = directory;
        _pins = pins;
        _unfinished = Path.Combine(directory.Unfinished, Path.GetRandomFileName());
        _file = Open(_unfinished);
        _hashing = new HashingStream(_file);
    }

    public Stream Stream => _hashing;

    public async Task<IBlobPin> CompleteAsync(string mediaType, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        try
        {
            return await KeepAsync(mediaType, cancellationToken);
        }
        catch (Exception failure) when (DiskFaults.Of(failure) is { } fault)
        {
            throw DiskFaults.Unavailable(fault, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _hashing.DisposeAsync();
        await _file.DisposeAsync();
        if (!_ended)
        {
            DeleteUnfinished();
        }

        _ended = true;
    }

    private async Task<IBlobPin> KeepAsync(string mediaType, CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
        var blob = new BlobRef(new BlobId(_hashing.FinishHash()), _file.Length, mediaType);
        await _file.DisposeAsync();

        // Pinned before it is looked for: a deletion either came earlier, and is seen, or finds the pin.
        var pin = _pins.Take(blob);
        try
        {
            Publish(blob.Id);
            _ended = true;
            return pin;
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    private void Publish(BlobId id)
    {
        var path = _directory.PathOf(id);
        var shard = _directory.EnsureShard(id);
        if (File.Exists(path))
        {
            File.Delete(_unfinished);
        }
        else
        {
            File.Move(_unfinished, path, overwrite: true);
        }
        // Also for a file found there: whoever put it may not have come this far.
        DurableFiles.FlushDirectory(shard);
    }

    private void DeleteUnfinished()
    {
        try
        {
            File.Delete(_unfinished);
        }
        catch (Exception failure) when (DiskFaults.Of(failure) is not null)
        {
            // The failure that ended the writing is the one to tell; the next start deletes what is left.
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Delete,
                // Nothing is left to write, and to fail, when an abandoned file is closed.
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            });
        }
        catch (Exception failure) when (DiskFaults.Of(failure) is { } fault)
        {
            throw DiskFaults.Unavailable(fault, failure);
        }
    }
}
