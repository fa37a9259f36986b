using System.Collections.Frozen;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Settings;

/// <summary>The directory with the service's files; held by one process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const string Key = "DATA_DIRECTORY";

    private readonly string _path;
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock) => (_path, _lock) = (path, @lock);

    /// <exception cref="InvalidSettingsException">It cannot be written, or another process holds it.</exception>
    public static DataDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"a directory that can be written ({unwritable.Message})");
        }

        try
        {
            return new DataDirectory(path, new FileStream(
                Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException unwritable)
        {
            throw Refused(path, $"a directory that can be written ({unwritable.Message})");
        }
        catch (IOException)
        {
            throw Refused(path, "a directory that no other running service uses");
        }
    }

    /// <summary>Opens the store of files; jobs live in memory, so none that is there yet belongs to any.</summary>
    public FileBlobStore OpenBlobs()
    {
        var blobs = new FileBlobStore(Path.Combine(_path, "blobs"));
        blobs.Sweep(FrozenSet<BlobId>.Empty);
        return blobs;
    }

    public void Dispose() => _lock.Dispose();

    private static InvalidSettingsException Refused(string path, string expected) =>
        new([new SettingError(Key, path, expected)]);
}
