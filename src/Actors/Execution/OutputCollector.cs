using System.Collections.Immutable;
using System.Text;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Execution;

/// <summary>A finished prompt's outputs in the blob store, held there until the job that names them is recorded.</summary>
public sealed record CollectedOutputs(ImmutableArray<JobOutput> Outputs, ImmutableArray<IBlobPin> Pins) : IDisposable
{
    public void Dispose()
    {
        foreach (var pin in Pins)
        {
            pin.Dispose();
        }
    }
}

/// <summary>Streams what a finished prompt produced from its instance into the blob store.</summary>
public static class OutputCollector
{
    private const string UnknownType = "application/octet-stream";

    /// <param name="wanted">The nodes whose files are wanted; none for all.</param>
    public static async Task<CollectedOutputs> CollectAsync(
        IComfyClient comfy,
        IBlobStore blobs,
        IReadOnlyList<string> wanted,
        HistoryEntry entry,
        bool keepMetadata,
        CancellationToken cancellationToken)
    {
        var outputs = ImmutableArray.CreateBuilder<JobOutput>();
        var pins = ImmutableArray.CreateBuilder<IBlobPin>();
        try
        {
            foreach (var node in Declared(wanted, entry))
            {
                foreach (var file in node.Files)
                {
                    var pin = await FetchAsync(comfy, blobs, file, keepMetadata, cancellationToken);
                    pins.Add(pin);
                    outputs.Add(new JobOutput(outputs.Count, node.DisplayNode, node.Kind, file.Filename, pin.Blob));
                }

                foreach (var text in node.Files.Count == 0 ? node.Values : [])
                {
                    var pin = await StoreTextAsync(blobs, text, cancellationToken);
                    pins.Add(pin);
                    outputs.Add(new JobOutput(outputs.Count, node.DisplayNode, node.Kind, $"{node.Kind}.txt", pin.Blob));
                }
            }

            return outputs.Count > 0
                ? new CollectedOutputs(outputs.ToImmutable(), pins.ToImmutable())
                : throw new ComfyException(new ComfyFault(
                    ComfyCause.NoOutputs, ComfyUI.Blame.WorkerThisJob, "The prompt succeeded but left no output."));
        }
        catch
        {
            foreach (var pin in pins)
            {
                pin.Dispose();
            }

            throw;
        }
    }

    /// <summary>The nodes that the manifest names; without any, all: what was saved first, then what was previewed.</summary>
    private static IEnumerable<NodeOutput> Declared(IReadOnlyList<string> wanted, HistoryEntry entry) =>
        wanted.Count > 0
            ? entry.Outputs.Where(output => wanted.Contains(output.DisplayNode))
            : entry.Outputs.OrderBy(output => output.Files.Count > 0 && output.Files.All(IsPreview));

    private static bool IsPreview(OutputFile file) => file.Type == "temp";

    private static async Task<IBlobPin> FetchAsync(
        IComfyClient comfy,
        IBlobStore blobs,
        OutputFile file,
        bool keepMetadata,
        CancellationToken cancellationToken)
    {
        await using var download = await comfy.OpenOutputAsync(file, cancellationToken);
        await using var writer = blobs.Create();
        if (keepMetadata)
        {
            await download.Content.CopyToAsync(writer.Stream, cancellationToken);
        }
        else
        {
            await using var filter = new PngTextFilterStream(writer.Stream);
            await download.Content.CopyToAsync(filter, cancellationToken);
            await filter.FlushAsync(cancellationToken);
        }

        return await writer.CompleteAsync(MediaTypeOf(file, download), cancellationToken);
    }

    /// <summary>As the server serves it; nodes name formats of their own too, such as <c>video/h264-mp4</c>.</summary>
    private static string MediaTypeOf(OutputFile file, ComfyDownload download) =>
        download.MediaType == UnknownType && file.Format is { } format ? format : download.MediaType;

    private static async Task<IBlobPin> StoreTextAsync(
        IBlobStore blobs, string text, CancellationToken cancellationToken)
    {
        await using var writer = blobs.Create();
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        return await writer.CompleteAsync("text/plain; charset=utf-8", cancellationToken);
    }
}
