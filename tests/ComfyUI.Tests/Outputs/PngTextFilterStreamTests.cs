using System.Text;

namespace AkkaComfy.ComfyUI.Tests.Outputs;

public sealed class PngTextFilterStreamTests
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static byte[] Chunk(string type, int length, byte fill = 7) =>
    [
        (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length,
        .. Encoding.ASCII.GetBytes(type), .. Enumerable.Repeat(fill, length), 1, 2, 3, 4,
    ];

    private static byte[] Filtered(byte[] input, int step)
    {
        using var output = new MemoryStream();
        using var filter = new PngTextFilterStream(output);
        for (var at = 0; at < input.Length; at += step)
        {
            filter.Write(input, at, Math.Min(step, input.Length - at));
        }

        filter.Flush();
        return output.ToArray();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Text_chunks_go_and_all_else_stays_however_the_bytes_arrive(int step)
    {
        byte[] kept = [.. Signature, .. Chunk("IHDR", 13), .. Chunk("IDAT", 300), .. Chunk("IEND", 0)];
        byte[] full =
        [
            .. Signature, .. Chunk("IHDR", 13), .. Chunk("tEXt", 500), .. Chunk("iTXt", 0), .. Chunk("IDAT", 300),
            .. Chunk("zTXt", 9), .. Chunk("comf", 40), .. Chunk("IEND", 0),
        ];

        Assert.Equal(kept, Filtered(full, step));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void What_is_no_png_goes_through_unchanged(int step)
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Repeat((byte)9, 100)];

        Assert.Equal(jpeg, Filtered(jpeg, step));
        Assert.Equal([1, 2, 3], Filtered([1, 2, 3], step));
        Assert.Empty(Filtered([], step));
    }

    [Fact]
    public void A_png_that_is_cut_off_stays_cut_off()
    {
        byte[] cut = [.. Signature, .. Chunk("IHDR", 13), .. Chunk("IDAT", 300)[..50]];

        Assert.Equal(cut, Filtered(cut, 11));
        Assert.Equal(cut[..(8 + 25 + 5)], Filtered(cut[..(8 + 25 + 5)], 11));
    }
}
