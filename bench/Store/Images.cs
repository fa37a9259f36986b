using AkkaComfy.Storage;

namespace AkkaComfy.Bench.Store;

/// <summary>Submissions that each bring an image of their own, beside what the disk can flush.</summary>
internal static class Images
{
    private const int Clients = 64;
    private const int Jobs = 5_000;
    private const int ImageSize = 100_000;
    private const int Flushes = 2_000;

    public static async Task MeasureAsync(DirectoryInfo scratch, Report report)
    {
        var flushes = FlushesPerSecond(Path.Combine(scratch.FullName, "flushed"));
        var blobs = new FileBlobStore(Path.Combine(scratch.FullName, "blobs"));
        await using var store = SqliteJobStore.Open(Path.Combine(scratch.FullName, "jobs.db"), TimeProvider.System);
        var measured = await JournalClients.RunAsync(
            store, Clients, Jobs, async number => SampleJobs.Submission(number, await WriteAsync(blobs, number)));

        report.Row("flushes of one file by one thread (4 kB each)", $"{flushes:N0}/s");
        report.Row(
            $"durable submissions, {Clients} clients, distinct images of {ImageSize / 1000} kB",
            $"{measured.PerSecond:N0}/s");
    }

    private static async Task<Messages.BlobRef> WriteAsync(FileBlobStore blobs, int number)
    {
        var image = new byte[ImageSize];
        new Random(number).NextBytes(image);
        await using var writer = blobs.Create();
        await writer.Stream.WriteAsync(image);
        using var pin = await writer.CompleteAsync("image/png", CancellationToken.None);
        return pin.Blob;
    }

    private static double FlushesPerSecond(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        var begun = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Flushes; i++)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return Flushes / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }
}
