namespace AkkaComfy.ComfyUI.Http;

/// <summary>Opens a file of ours and copies it into a request; what goes wrong with the file is our fault.</summary>
internal static class InputFile
{
    /// <param name="copy">Yields the number of bytes read from the file.</param>
    /// <exception cref="ComfyException">The file cannot be read, or is not as long as was said.</exception>
    public static async Task CopyAsync(
        string what,
        long length,
        Func<CancellationToken, ValueTask<Stream>> open,
        Func<Stream, Task<long>> copy,
        CancellationToken ct)
    {
        await using var source = new Blamed(await OpenAsync(what, open, ct), what);
        var read = await copy(source);
        if (read != length)
        {
            throw Unreadable(what, $"it has {(read > length ? "more than " : "")}{Math.Min(read, length)} bytes, "
                + $"{length} were announced");
        }
    }

    private static async Task<Stream> OpenAsync(
        string what, Func<CancellationToken, ValueTask<Stream>> open, CancellationToken ct)
    {
        try
        {
            return await open(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Unreadable(what, e.Message, e);
        }
    }

    private static ComfyException Unreadable(string what, string why, Exception? inner = null) =>
        new(FaultClassifier.InputUnreadable(what, why), inner);

    /// <summary>Tells a failing read of the file from a failing write to the server.</summary>
    private sealed class Blamed(Stream source, string what) : ReadOnlyStream
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await source.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw Unreadable(what, e.Message, e);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await source.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
