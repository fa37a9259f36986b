using AkkaComfy.Storage;

namespace AkkaComfy.Host;

/// <summary>Deletes, beside all other work, the files that an earlier process left without a job.</summary>
internal sealed partial class OrphanSweep(IBlobStore blobs, IJobStore jobs, ILogger<OrphanSweep> logger)
    : BackgroundService
{
    /// <summary>Whether a failure to delete files only leaves them to the next start.</summary>
    public static bool MayWait(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or StoreUnavailableException;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whatever the stores do before they first wait must not hold up the start.
        await Task.Yield();
        try
        {
            LogSwept(await blobs.SweepAsync(jobs, stoppingToken));
        }
        catch (Exception failure) when (MayWait(failure))
        {
            LogUnswept(failure);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Count} files without a job are deleted")]
    private partial void LogSwept(int count);

    [LoggerMessage(LogLevel.Warning, "Files without a job could not all be deleted; the next start tries again")]
    private partial void LogUnswept(Exception exception);
}
