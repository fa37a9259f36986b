namespace AkkaComfy.ComfyUI;

/// <summary>An output being fetched, failing with <see cref="ComfyException"/>s; the receiver disposes it.</summary>
/// <param name="Length">In bytes; null if the server did not say.</param>
public sealed record ComfyDownload(Stream Content, string MediaType, long? Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
