using AkkaComfy.Host.Submission;
using AkkaComfy.Host.Uploads;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Host.Tests.Submission;

public sealed class LeftoversTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("akkacomfy-leftovers-");
    private readonly FileBlobStore _blobs;
    private readonly MemoryJobStore _jobs = new();

    public LeftoversTests() => _blobs = new FileBlobStore(_root.FullName);

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task What_no_job_names_is_deleted()
    {
        await using var upload = await KeptAsync();

        await Of(_blobs).LetGoAsync(upload);

        Assert.Empty(_blobs.All());
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_no_failure_of_the_submission()
    {
        foreach (var failure in OrphanSweepTests.Failures)
        {
            await using var upload = await KeptAsync();

            await Of(new StubbornBlobs(_blobs, failure)).LetGoAsync(upload);

            Assert.Single(_blobs.All());
        }
    }

    [Fact]
    public async Task What_a_job_may_yet_name_is_held_until_that_is_decided()
    {
        await using var upload = await KeptAsync();
        var decided = new TaskCompletionSource();

        var letGo = Of(_blobs).LetGoAfterAsync(decided.Task, upload);
        await _blobs.DeleteUnusedAsync(_jobs, [.. _blobs.All()], CancellationToken.None);
        Assert.Single(_blobs.All());

        decided.SetResult();
        await letGo;
        Assert.Empty(_blobs.All());
    }

    [Fact]
    public async Task What_a_service_that_ends_leaves_undecided_stays()
    {
        await using var upload = await KeptAsync();

        await Of(_blobs).LetGoAfterAsync(Task.FromCanceled(new CancellationToken(canceled: true)), upload);

        Assert.Single(_blobs.All());
    }

    private Leftovers Of(IBlobStore blobs) => new(blobs, _jobs, NullLogger<Leftovers>.Instance);

    private async Task<Upload> KeptAsync()
    {
        var upload = new Upload();
        var writer = _blobs.Create();
        await writer.Stream.WriteAsync(new byte[] { 1, 2, 3 });
        upload.Add("image", new UploadedImage(
            new InputValue.Image(new BlobRef(new BlobId(string.Empty), 3, "image/png"), 1, 1), writer));
        await upload.KeepAsync(Inputs.Empty, CancellationToken.None);
        return upload;
    }
}
