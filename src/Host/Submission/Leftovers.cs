using AkkaComfy.Host.Uploads;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Submission;

/// <summary>Lets go of what was stored for a submission, and deletes what no job names.</summary>
/// <remarks>Whatever cannot be deleted waits for the next start's sweep: it is no matter of the submission's answer.</remarks>
internal sealed partial class Leftovers(IBlobStore blobs, IJobStore jobs, ILogger<Leftovers> logger)
{
    public async Task LetGoAsync(Upload upload)
    {
        var stored = upload.Release();
        try
        {
            await blobs.DeleteUnusedAsync(jobs, stored, CancellationToken.None);
        }
        catch (Exception failure) when (OrphanSweep.MayWait(failure))
        {
            LogLeft(failure);
        }
    }

    /// <summary>The same once nobody can record the job any more; with a cancelled task, never.</summary>
    public async Task LetGoAfterAsync(Task decided, Upload upload)
    {
        await decided.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (decided.IsCompletedSuccessfully)
        {
            await LetGoAsync(upload);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Files without a job could not be deleted; the next start tries again")]
    private partial void LogLeft(Exception exception);
}
