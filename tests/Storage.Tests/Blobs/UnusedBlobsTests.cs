using System.Reflection;
using AkkaComfy.Messages;
using static AkkaComfy.Storage.Tests.StoredJobs;

namespace AkkaComfy.Storage.Tests;

public sealed class UnusedBlobsTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("akkacomfy-blobs-");
    private readonly FileBlobStore _blobs;
    private readonly MemoryJobStore _jobs = new();

    public UnusedBlobsTests() => _blobs = new FileBlobStore(_root.FullName);

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Files_that_no_job_names_are_deleted_and_others_are_not()
    {
        var (used, unused) = (await WriteAsync("used"), await WriteAsync("unused"));
        await _jobs.CommitAsync([New(inputs: ImageOf(used)).Submission()], None);

        Assert.Equal(1, await _blobs.DeleteUnusedAsync(_jobs, [used, unused], None));

        await using var read = _blobs.OpenRead(used);
        Assert.Throws<FileNotFoundException>(() => _blobs.OpenRead(unused));
    }

    [Fact]
    public async Task A_job_recorded_just_after_its_file_was_found_unused_keeps_the_file()
    {
        var id = await WriteAsync("image");
        var jobs = JobsThat.AfterAnswering(_jobs, async () =>
        {
            await WriteAsync("image");
            await _jobs.CommitAsync([New(inputs: ImageOf(id)).Submission()], None);
        });

        Assert.Equal(0, await _blobs.DeleteUnusedAsync(jobs, [id], None));

        await using var read = _blobs.OpenRead(id);
    }

    /// <summary>Writes a file and lets go of it.</summary>
    private async Task<BlobId> WriteAsync(string text)
    {
        await using var writer = _blobs.Create();
        await writer.Stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        using var pin = await writer.CompleteAsync("text/plain", None);
        return pin.Blob.Id;
    }

    /// <summary>A store during whose answer about unused files something else happens.</summary>
    private class JobsThat : DispatchProxy
    {
        private IJobStore _inner = null!;
        private Func<Task> _meanwhile = null!;

        public static IJobStore AfterAnswering(IJobStore inner, Func<Task> meanwhile)
        {
            var proxy = Create<IJobStore, JobsThat>();
            var self = (JobsThat)(object)proxy;
            (self._inner, self._meanwhile) = (inner, meanwhile);
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IJobStore.FindUnreferencedAsync)
                ? AnswerAsync((IReadOnlyCollection<BlobId>)args![0]!)
                : targetMethod.Invoke(_inner, args);

        private async Task<IReadOnlyList<BlobId>> AnswerAsync(IReadOnlyCollection<BlobId> ids)
        {
            var answer = await _inner.FindUnreferencedAsync(ids, None);
            await _meanwhile();
            return answer;
        }
    }
}
