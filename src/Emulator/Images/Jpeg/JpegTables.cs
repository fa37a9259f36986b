using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>What the segments before a scan define, as far as the file has been read.</summary>
internal sealed class JpegTables
{
    private const int Slots = 4;
    private readonly float[]?[] _quantisation = new float[]?[Slots];
    private readonly HuffmanDecoder?[] _dc = new HuffmanDecoder?[Slots];
    private readonly HuffmanDecoder?[] _ac = new HuffmanDecoder?[Slots];

    public int RestartInterval { get; private set; }

    public float[] Quantisation(int slot) =>
        _quantisation[slot] ?? throw new CorruptImageException($"the JPEG lacks quantisation table {slot}");

    public HuffmanDecoder Dc(int slot) => Pick(_dc, slot);

    public HuffmanDecoder Ac(int slot) => Pick(_ac, slot);

    public void ReadQuantisation(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (wide, slot) = (segment[0] >> 4, segment[0] & 15);
            var bytes = ZigZag.BlockLength * (wide + 1);
            if (wide > 1 || slot >= Slots || segment.Length < 1 + bytes)
            {
                throw new CorruptImageException("a JPEG quantisation table is malformed");
            }

            var steps = new float[ZigZag.BlockLength];
            for (var i = 0; i < steps.Length; i++)
            {
                steps[i] = wide == 0
                    ? segment[1 + i]
                    : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * i))..]);
            }

            _quantisation[slot] = steps;
            segment = segment[(1 + bytes)..];
        }
    }

    public void ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (kind, slot) = (segment[0] >> 4, segment[0] & 15);
            if (kind > 1 || slot >= Slots || segment.Length < 1 + HuffmanDecoder.MaxLength)
            {
                throw Malformed();
            }

            var counts = segment.Slice(1, HuffmanDecoder.MaxLength);
            var symbols = 0;
            foreach (var count in counts)
            {
                symbols += count;
            }

            var rest = segment[(1 + HuffmanDecoder.MaxLength)..];
            if (symbols > 256 || rest.Length < symbols)
            {
                throw Malformed();
            }

            (kind == 0 ? _dc : _ac)[slot] = new HuffmanDecoder(counts, rest[..symbols]);
            segment = rest[symbols..];
        }
    }

    public void ReadRestartInterval(ReadOnlySpan<byte> segment)
    {
        if (segment.Length != 2)
        {
            throw new CorruptImageException("a JPEG restart interval is malformed");
        }

        RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
    }

    private static HuffmanDecoder Pick(HuffmanDecoder?[] tables, int slot) =>
        (slot < Slots ? tables[slot] : null)
        ?? throw new CorruptImageException($"the JPEG lacks Huffman table {slot}");

    private static CorruptImageException Malformed() => new("a JPEG Huffman table is malformed");
}
