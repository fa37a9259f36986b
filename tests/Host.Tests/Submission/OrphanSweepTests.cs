using AkkaComfy.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Host.Tests.Submission;

public sealed class OrphanSweepTests
{
    public static IReadOnlyList<Exception> Failures { get; } =
    [
        new IOException("Somebody holds it."),
        new UnauthorizedAccessException("It may only be read."),
        new StoreUnavailableException(StoreFault.Busy, "The store is locked."),
    ];

    [Fact]
    public async Task Files_that_cannot_be_deleted_do_not_stop_the_service()
    {
        var root = Directory.CreateTempSubdirectory("akkacomfy-orphans-");
        foreach (var failure in Failures)
        {
            using var sweep = new OrphanSweep(
                new StubbornBlobs(new FileBlobStore(root.FullName), failure), new MemoryJobStore(),
                NullLogger<OrphanSweep>.Instance);

            await sweep.StartAsync(CancellationToken.None);

            await sweep.ExecuteTask!;
        }

        root.Delete(recursive: true);
    }
}
