using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Deletes the files that no job names any more.</summary>
public static class UnusedBlobs
{
    /// <summary>Spares the files of jobs recorded meanwhile, if each is recorded before its pins are let go.</summary>
    /// <returns>How many files were deleted.</returns>
    public static async Task<int> DeleteUnusedAsync(
        this IBlobStore blobs, IJobStore jobs, IReadOnlyCollection<BlobId> ids, CancellationToken cancellationToken)
    {
        using var deletion = blobs.BeginDeletion(ids);
        return deletion.Delete(await jobs.FindUnreferencedAsync(ids, cancellationToken));
    }
}
