using System.Buffers;
using System.Buffers.Text;

namespace AkkaComfy.ComfyUI.Http;

/// <summary>Encodes a stream as bare base64 into another, in chunks, so that the whole is never in memory.</summary>
internal static class Base64Stream
{
    private const int ChunkBytes = 48 << 10; // a multiple of three: no padding but at the end

    public static long EncodedLength(long length) => (length + 2) / 3 * 4;

    /// <summary>Yields the number of bytes read, at most one more than <paramref name="expected"/>.</summary>
    public static async Task<long> EncodeAsync(Stream source, Stream target, long expected, CancellationToken ct)
    {
        var plain = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var coded = ArrayPool<byte>.Shared.Rent(ChunkBytes / 3 * 4);
        try
        {
            for (long total = 0; ;)
            {
                var read = await source.ReadAtLeastAsync(plain.AsMemory(0, ChunkBytes), ChunkBytes, false, ct);
                total += read;
                if (read == 0 || total > expected)
                {
                    return total;
                }

                Base64.EncodeToUtf8(plain.AsSpan(0, read), coded, out _, out var written);
                await target.WriteAsync(coded.AsMemory(0, written), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(coded);
        }
    }
}
