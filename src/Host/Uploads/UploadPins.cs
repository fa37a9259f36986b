using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads;

/// <summary>Ends the protection of uploaded files: kept with the job that names them, or deleted when no job does.</summary>
/// <remarks>
/// Equal uploads share one file. One at a time, so that between the look for a job that names the file and its deletion
/// no other request can have recorded such a job and let go of its pin.
/// </remarks>
internal sealed class UploadPins(IBlobStore blobs, IJobStore jobs) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>A job that names the files is recorded.</summary>
    public async Task ReleaseAsync(IReadOnlyList<IBlobPin> pins)
    {
        await _one.WaitAsync();
        try
        {
            Unpin(pins);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The job was refused.</summary>
    public async Task DiscardAsync(IReadOnlyList<IBlobPin> pins)
    {
        await _one.WaitAsync();
        try
        {
            Unpin(pins);
            var ids = pins.Select(pin => pin.Blob.Id).ToList();
            foreach (var unused in await jobs.FindUnreferencedAsync(ids, CancellationToken.None))
            {
                blobs.Delete(unused);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static void Unpin(IReadOnlyList<IBlobPin> pins)
    {
        foreach (var pin in pins)
        {
            pin.Dispose();
        }
    }
}
