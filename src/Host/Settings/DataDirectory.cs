using AkkaComfy.Storage;

namespace AkkaComfy.Host.Settings;

/// <summary>The directory with the service's jobs and files; held by one process at a time.</summary>
internal sealed class DataDirectory : IAsyncDisposable
{
    private const string Key = "DATA_DIRECTORY";
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _lock;

    private DataDirectory(FileStream @lock, GatewayIdentity gateway, IJobStore jobs, IBlobStore blobs) =>
        (_lock, Gateway, Jobs, Blobs) = (@lock, gateway, jobs, blobs);

    /// <inheritdoc cref="GatewayIdentity"/>
    public GatewayIdentity Gateway { get; }

    public IJobStore Jobs { get; }

    public IBlobStore Blobs { get; }

    /// <exception cref="InvalidSettingsException">It cannot be written, or another process holds it.</exception>
    /// <exception cref="StoreRefusedException">The jobs that are stored there cannot be used.</exception>
    public static DataDirectory Open(string path, JobStoreKind kind)
    {
        var @lock = Lock(path);
        try
        {
            return new DataDirectory(
                @lock, Identify(path), OpenJobs(path, kind), new FileBlobStore(Path.Combine(path, "blobs")));
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await _lock.DisposeAsync();
    }

    /// <summary>The system lets go of the lock when the process ends, however it ends.</summary>
    private static FileStream Lock(string path)
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
            return new FileStream(
                Path.Combine(path, "akkacomfy.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw Refused(path, "a directory that no other running service uses");
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"a directory that can be written ({unwritable.Message})");
        }
    }

    private static GatewayIdentity Identify(string path)
    {
        try
        {
            return GatewayIdentity.ReadOrCreate(path);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"a directory that can be read and written ({unusable.Message})");
        }
    }

    private static IJobStore OpenJobs(string path, JobStoreKind kind) => kind switch
    {
        JobStoreKind.Sqlite => SqliteJobStore.Open(Path.Combine(path, "jobs.db"), TimeProvider.System),
        JobStoreKind.Memory => new MemoryJobStore(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a store that cannot be opened"),
    };

    private static InvalidSettingsException Refused(string path, string expected) =>
        new([new SettingError(Key, path, expected)]);
}
