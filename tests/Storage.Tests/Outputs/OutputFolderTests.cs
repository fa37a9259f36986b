using System.Collections.Immutable;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

public sealed class OutputFolderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkacomfy-outputs-");
    private readonly FileBlobStore _blobs;

    private readonly OutputFolder _folder;

    public OutputFolderTests()
    {
        _blobs = new FileBlobStore(Path.Combine(_directory.FullName, "blobs"));
        _folder = new OutputFolder(Folder, _blobs);
    }

    private string Folder => Path.Combine(_directory.FullName, "output");

    public void Dispose()
    {
        _folder.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_output_is_saved_whole_under_a_name_of_its_own()
    {
        var job = Completed(("../a.png", await StoreAsync(1, 2, 3)), ("../a.png", await StoreAsync(4)));

        Assert.Equal(2, await _folder.SaveAsync(job, CancellationToken.None));

        Assert.Equal([1, 2, 3], await ReadAsync($"{job.Id}-0-a.png"));
        Assert.Equal([4], await ReadAsync($"{job.Id}-1-a.png"));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task A_job_saved_again_replaces_its_files()
    {
        var job = Completed(("a.png", await StoreAsync(1)));
        await _folder.SaveAsync(job, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{job.Id}-0-a.png"), "changed by hand");

        await _folder.SaveAsync(job, CancellationToken.None);

        Assert.Equal([1], await ReadAsync($"{job.Id}-0-a.png"));
    }

    [Fact]
    public async Task What_cannot_be_saved_leaves_nothing_unfinished()
    {
        var job = Completed(("a.png", await StoreAsync(1)));
        // A folder that is not empty stands where the file belongs.
        Directory.CreateDirectory(Path.Combine(Folder, $"{job.Id}-0-a.png", "x"));

        var failure = await Record.ExceptionAsync(
            () => _folder.SaveAsync(job, CancellationToken.None));

        Assert.True(failure is IOException or UnauthorizedAccessException, $"{failure}");
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task An_output_whose_file_is_gone_is_an_error() => await Assert.ThrowsAsync<FileNotFoundException>(
        () => _folder.SaveAsync(
            Completed(("a.png", new BlobRef(Blob('a'), 3, "image/png"))), CancellationToken.None));

    private static Job Completed(params (string Name, BlobRef Blob)[] outputs)
    {
        var job = New();
        job = job.Apply(job.Dispatched());
        return job.Apply(new Jobs.Completed(job.Id, 1, Outputs(outputs), Then));
    }

    private static ImmutableArray<JobOutput> Outputs((string Name, BlobRef Blob)[] outputs) =>
        [.. outputs.Select((output, i) => new JobOutput(i, "3", "images", output.Name, output.Blob))];

    private async Task<BlobRef> StoreAsync(params byte[] bytes)
    {
        await using var writer = _blobs.Create();
        await writer.Stream.WriteAsync(bytes);
        using var pin = await writer.CompleteAsync("image/png", CancellationToken.None);
        return pin.Blob;
    }

    private Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(Path.Combine(Folder, name));
}
