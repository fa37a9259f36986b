namespace AkkaComfy.Storage.Tests;

public sealed class FileBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("akkacomfy-blobs-");

    public FileBlobStoreTests() => Store = new FileBlobStore(_root.FullName);

    protected override IBlobStore Store { get; }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task A_file_stands_under_the_first_two_digits_of_its_hash_and_nothing_unfinished_is_left()
    {
        await using var writer = Store.Create();
        await writer.Stream.WriteAsync("hello"u8.ToArray());
        Assert.Single(Directory.GetFiles(Path.Combine(_root.FullName, "unfinished")));
        using var pin = await writer.CompleteAsync("text/plain", CancellationToken.None);

        Assert.Equal(
            [Path.Combine("2c", "f24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")],
            Directory.GetFiles(_root.FullName, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(_root.FullName, path)));
    }

    [Fact]
    public async Task A_store_opened_again_deletes_what_a_killed_process_left_unfinished()
    {
        var left = Path.Combine(_root.FullName, "unfinished", "left");
        await File.WriteAllTextAsync(left, "half");

        _ = new FileBlobStore(_root.FullName);

        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task A_store_opened_again_finds_its_files()
    {
        await using var writer = Store.Create();
        await writer.Stream.WriteAsync("hello"u8.ToArray());
        using var pin = await writer.CompleteAsync("text/plain", CancellationToken.None);

        await using var read = new FileBlobStore(_root.FullName).OpenRead(pin.Blob.Id);

        Assert.Equal(5, read.Length);
    }

    [Fact]
    public async Task A_disposed_writer_leaves_nothing_behind()
    {
        var writer = Store.Create();
        await writer.Stream.WriteAsync("abandoned"u8.ToArray());

        await writer.DisposeAsync();
        await writer.DisposeAsync();

        Assert.Empty(Directory.GetFiles(_root.FullName, "*", SearchOption.AllDirectories));
    }
}
