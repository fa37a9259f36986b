using System.Buffers.Binary;

namespace AkkaComfy.Host.Uploads.Images;

/// <summary>Walks the chunks of a WebP up to the end that its RIFF header names.</summary>
internal sealed class WebpScan : FormatScan
{
    private const int RiffHeaderLength = 12;
    private const int ChunkHeaderLength = 8;
    private const int SizeLength = 10;
    private const int LosslessMark = 0x2F;

    private Stage _stage = Stage.Riff;
    private long _left;
    private Chunk _chunk;
    private long _restOfChunk;
    private bool _hasData;

    public WebpScan() => Next(RiffHeaderLength);

    private enum Stage
    {
        Riff,
        ChunkHeader,
        Size,
        LastByte,
    }

    private enum Chunk
    {
        Other,
        Lossy,
        Lossless,
        Extended,
        Frame,
    }

    protected override void OnHeader(ReadOnlySpan<byte> header)
    {
        switch (_stage)
        {
            case Stage.Riff:
                _left = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) - 4L;
                NextChunk();
                break;
            case Stage.ChunkHeader:
                OnChunk(KindOf(header), BinaryPrimitives.ReadUInt32LittleEndian(header[4..]));
                break;
            case Stage.Size:
                OnSize(header);
                SkipChunk(_restOfChunk);
                break;
            case Stage.LastByte:
                End();
                break;
        }
    }

    private static Chunk KindOf(ReadOnlySpan<byte> header) => header[..4] switch
    {
        var name when name.SequenceEqual("VP8 "u8) => Chunk.Lossy,
        var name when name.SequenceEqual("VP8L"u8) => Chunk.Lossless,
        var name when name.SequenceEqual("VP8X"u8) => Chunk.Extended,
        var name when name.SequenceEqual("ANMF"u8) => Chunk.Frame,
        _ => Chunk.Other,
    };

    private void OnChunk(Chunk chunk, uint size)
    {
        var padded = size + (size & 1L);
        _left -= ChunkHeaderLength + padded;
        if (_left < 0)
        {
            Fail("is a broken WebP: a chunk reaches past the end");
            return;
        }

        _chunk = chunk;
        _hasData |= chunk is Chunk.Lossy or Chunk.Lossless or Chunk.Frame;
        if (chunk is Chunk.Other or Chunk.Frame || Facts is not null)
        {
            SkipChunk(padded);
        }
        else if (size < SizeLength)
        {
            Fail("is a broken WebP: a header is too short");
        }
        else
        {
            _restOfChunk = padded - SizeLength;
            Expect(Stage.Size, SizeLength);
        }
    }

    private void OnSize(ReadOnlySpan<byte> header)
    {
        switch (_chunk)
        {
            case Chunk.Lossy when header[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]):
                Found(MediaType, LowBits(header[6..], 14), LowBits(header[8..], 14));
                break;
            case Chunk.Lossless when header[0] == LosslessMark:
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(header[1..]);
                Found(MediaType, (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
                break;
            case Chunk.Extended:
                Found(MediaType, ThreeBytes(header[4..]) + 1, ThreeBytes(header[7..]) + 1);
                break;
            default:
                Fail("is a broken WebP: its image data has no valid start");
                break;
        }
    }

    private static string MediaType => "image/webp";

    private static int LowBits(ReadOnlySpan<byte> bytes, int count) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes) & ((1 << count) - 1);

    private static int ThreeBytes(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private void SkipChunk(long length)
    {
        if (_left > 0)
        {
            NextChunk(length);
        }
        else if (length == 0)
        {
            End();
        }
        else
        {
            Expect(Stage.LastByte, 1, length - 1);
        }
    }

    private void NextChunk(long skip = 0)
    {
        if (_left < ChunkHeaderLength)
        {
            Fail("is a broken WebP: RIFF states an impossible size");
        }
        else
        {
            Expect(Stage.ChunkHeader, ChunkHeaderLength, skip);
        }
    }

    private void End()
    {
        if (_hasData && Facts is not null)
        {
            Complete();
        }
        else
        {
            Fail("is a broken WebP: it has no image data");
        }
    }

    private void Expect(Stage stage, int want, long skip = 0)
    {
        _stage = stage;
        Next(want, skip);
    }
}
