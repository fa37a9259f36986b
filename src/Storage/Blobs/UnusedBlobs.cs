using AkkaComfy.Messages;

namespace AkkaComfy.Storage;

/// <summary>Deletes the files that no job names any more.</summary>
public static class UnusedBlobs
{
    /// <summary>So many files are asked about at once: few enough to keep in memory, however many there are.</summary>
    private const int SweepBatch = 500;

    /// <summary>Deletes what an earlier process left behind; files may come and go and be used meanwhile.</summary>
    /// <returns>How many files were deleted.</returns>
    /// <exception cref="IOException">Some cannot be deleted; the others are.</exception>
    public static async Task<int> SweepAsync(
        this IBlobStore blobs, IJobStore jobs, CancellationToken cancellationToken)
    {
        var deleted = 0;
        IOException? undeletable = null;
        foreach (var some in blobs.All().Chunk(SweepBatch))
        {
            try
            {
                deleted += await blobs.DeleteUnusedAsync(jobs, some, cancellationToken);
            }
            catch (IOException failure)
            {
                undeletable ??= failure;
            }
        }

        return undeletable is null ? deleted : throw new IOException(undeletable.Message, undeletable);
    }

    /// <summary>Spares the files of jobs recorded meanwhile, if each is recorded before its pins are let go.</summary>
    /// <returns>How many files were deleted.</returns>
    /// <exception cref="IOException">Some cannot be deleted; the others are.</exception>
    public static async Task<int> DeleteUnusedAsync(
        this IBlobStore blobs, IJobStore jobs, IReadOnlyCollection<BlobId> ids, CancellationToken cancellationToken)
    {
        using var deletion = blobs.BeginDeletion(ids);
        return deletion.Delete(await jobs.FindUnreferencedAsync(ids, cancellationToken));
    }
}
