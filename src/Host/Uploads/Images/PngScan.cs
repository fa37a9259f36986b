using System.Buffers.Binary;

namespace AkkaComfy.Host.Uploads.Images;

/// <summary>Walks the chunks of a PNG from IHDR to IEND.</summary>
internal sealed class PngScan : FormatScan
{
    private const int ChecksumLength = 4;
    private const int ChunkHeaderLength = 8;
    private const int HeaderChunkLength = 13;

    private Stage _stage = Stage.Signature;
    private bool _hasData;

    public PngScan() => Next(Signature.Length);

    private enum Stage
    {
        Signature,
        FirstChunk,
        ImageHeader,
        Chunk,
        LastChecksum,
    }

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    protected override void OnHeader(ReadOnlySpan<byte> header)
    {
        switch (_stage)
        {
            case Stage.Signature:
                Expect(Stage.FirstChunk, ChunkHeaderLength);
                break;
            case Stage.FirstChunk when IsImageHeader(header):
                Expect(Stage.ImageHeader, HeaderChunkLength);
                break;
            case Stage.FirstChunk:
                Fail("is a broken PNG: it does not begin with IHDR");
                break;
            case Stage.ImageHeader:
                OnImageHeader(header);
                break;
            case Stage.Chunk:
                OnChunk(BinaryPrimitives.ReadUInt32BigEndian(header), header[4..]);
                break;
            case Stage.LastChecksum:
                Complete();
                break;
        }
    }

    private static bool IsImageHeader(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32BigEndian(header) == HeaderChunkLength && header[4..].SequenceEqual("IHDR"u8);

    private void OnImageHeader(ReadOnlySpan<byte> header)
    {
        var width = BinaryPrimitives.ReadUInt32BigEndian(header);
        var height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        Found("image/png", width, height);
        if (!AllowsDepth(colourType: header[9], depth: header[8]))
        {
            Fail($"is a broken PNG: colour type {header[9]} with {header[8]} bits does not exist");
        }

        Expect(Stage.Chunk, ChunkHeaderLength, ChecksumLength);
    }

    private static bool AllowsDepth(byte colourType, byte depth) => colourType switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        2 or 4 or 6 => depth is 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        _ => false,
    };

    private void OnChunk(uint length, ReadOnlySpan<byte> type)
    {
        if (length > int.MaxValue)
        {
            Fail("is a broken PNG: a chunk states an impossible length");
            return;
        }

        _hasData |= length > 0 && type.SequenceEqual("IDAT"u8);
        if (!type.SequenceEqual("IEND"u8))
        {
            Expect(Stage.Chunk, ChunkHeaderLength, length + ChecksumLength);
        }
        else if (!_hasData)
        {
            Fail("is a broken PNG: it has no image data");
        }
        else
        {
            Expect(Stage.LastChecksum, ChecksumLength, length);
        }
    }

    private void Expect(Stage stage, int want, long skip = 0)
    {
        _stage = stage;
        Next(want, skip);
    }
}
