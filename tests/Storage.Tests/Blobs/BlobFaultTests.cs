using System.Runtime.Versioning;

namespace AkkaComfy.Storage.Tests;

/// <summary>Disks that fail while a file is written.</summary>
public sealed class BlobFaultTests
{
    [LinuxFact]
    public async Task A_full_disk_is_told_as_such()
    {
        await using var device = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using var stream = new HashingStream(device);

        Assert.Equal(StoreFault.Full, (await Assert.ThrowsAsync<StoreUnavailableException>(
            () => stream.WriteAsync(new byte[100_000]).AsTask())).Fault);
        Assert.Equal(StoreFault.Full, Assert.Throws<StoreUnavailableException>(
            () => stream.Write(new byte[100_000])).Fault);
    }

    [Fact]
    public async Task A_directory_that_is_gone_is_told_as_such()
    {
        var root = Directory.CreateTempSubdirectory("akkacomfy-blobs-");
        var store = new FileBlobStore(root.FullName);
        await using var writer = store.Create();
        await writer.Stream.WriteAsync(new byte[10]);
        root.Delete(recursive: true);

        Assert.Equal(StoreFault.InputOutput, (await Assert.ThrowsAsync<StoreUnavailableException>(
            () => writer.CompleteAsync("image/png", CancellationToken.None))).Fault);
        Assert.Equal(StoreFault.InputOutput, Assert.Throws<StoreUnavailableException>(store.Create).Fault);
    }

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public void A_directory_that_may_only_be_read_is_told_as_such()
    {
        var root = Directory.CreateTempSubdirectory("akkacomfy-blobs-");
        var store = new FileBlobStore(root.FullName);
        var unfinished = new DirectoryInfo(Path.Combine(root.FullName, "unfinished"));
        unfinished.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        try
        {
            Assert.Equal(StoreFault.ReadOnly, Assert.Throws<StoreUnavailableException>(store.Create).Fault);
        }
        finally
        {
            unfinished.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            root.Delete(recursive: true);
        }
    }
}
