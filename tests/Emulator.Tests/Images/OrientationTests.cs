using System.Buffers.Binary;
using System.Text;
using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

public class OrientationTests
{
    private const ushort Orientation = 0x0112;
    private const ushort Short = 3;

    /// <summary>What ImageMagick's <c>-auto-orient</c> makes of "abc" above "def".</summary>
    public static TheoryData<int, string> Turned() => new()
    {
        { 1, "abc def" }, { 2, "cba fed" }, { 3, "fed cba" }, { 4, "def abc" },
        { 5, "ad be cf" }, { 6, "da eb fc" }, { 7, "fc eb da" }, { 8, "cf be ad" },
    };

    [Theory]
    [MemberData(nameof(Turned))]
    public void A_PNG_is_turned_as_its_orientation_says_in_either_byte_order(int orientation, string expected)
    {
        foreach (var littleEndian in (bool[])[true, false])
        {
            Assert.Equal(expected, Text(ImageDecoder.Decode(Png(Exif(orientation, littleEndian)))));
        }
    }

    [Theory]
    [MemberData(nameof(Turned))]
    public void A_JPEG_is_turned_as_its_orientation_says_in_either_byte_order(int orientation, string expected)
    {
        Assert.NotEmpty(expected);
        var stored = Fixture.Bytes("progressive-422.jpg");
        var upright = ImageDecoder.Decode(stored).Turned((Orientation)orientation);
        foreach (var littleEndian in (bool[])[true, false])
        {
            Pictures.Same(upright, ImageDecoder.Decode(Jpeg(stored, Exif(orientation, littleEndian))));
        }
    }

    [Fact]
    public void Every_channel_of_a_pixel_goes_with_it()
    {
        var picture = new Picture(2, 1, 4, [1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal([5, 6, 7, 8, 1, 2, 3, 4], picture.Turned(AkkaComfy.Emulator.Images.Orientation.QuarterTurnBack).Pixels);
    }

    [Fact]
    public void Orientation_is_found_after_the_picture_and_among_other_tags()
    {
        var exif = Exif(6, littleEndian: true, before: 3);
        var file = new PngBuilder().Header(3, 2, 8, 0).Data(Rows).Chunk("eXIf", exif).End();
        Assert.Equal("da eb fc", Text(ImageDecoder.Decode(file)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65_535)]
    public void An_orientation_that_there_is_not_leaves_the_picture_as_it_lies(int orientation) =>
        Assert.Equal("abc def", Text(ImageDecoder.Decode(Png(Exif(orientation, littleEndian: false)))));

    [Fact]
    public void EXIF_data_cut_anywhere_or_damaged_never_spoil_the_picture()
    {
        var exif = Exif(6, littleEndian: true, before: 1);
        var random = new Random(12);
        for (var i = 0; i < exif.Length; i++)
        {
            Assert.Equal(6, Text(ImageDecoder.Decode(Png(exif[..i]))).Count(char.IsLetter));
            var damaged = exif.ToArray();
            damaged[i] ^= (byte)random.Next(1, 256);
            Assert.Equal(6, Text(ImageDecoder.Decode(Png(damaged))).Count(char.IsLetter));
        }
    }

    private static byte[] Rows => [0, .. "abc"u8, 0, .. "def"u8];

    private static byte[] Png(byte[] exif) =>
        new PngBuilder().Header(3, 2, 8, 0).Chunk("eXIf", exif).Data(Rows).End();

    private static byte[] Jpeg(byte[] stored, byte[] exif)
    {
        byte[] segment = [.. "Exif\0\0"u8, .. exif];
        return [.. stored[..2], 0xFF, 0xE1, 0, (byte)(segment.Length + 2), .. segment, .. stored[2..]];
    }

    /// <summary>A TIFF header and one directory of <paramref name="before"/> other tags and the orientation.</summary>
    private static byte[] Exif(int orientation, bool littleEndian, int before = 0)
    {
        var exif = new List<byte>();
        exif.AddRange(littleEndian ? "II*\0"u8 : "MM\0*"u8);
        Add(4, 8);
        Add(2, before + 1);
        for (var i = 0; i < before; i++)
        {
            Tag(0x0100 + i, 4, 77);
        }

        Tag(Orientation, Short, orientation);
        Add(4, 0);
        return [.. exif];

        void Tag(int tag, int type, int value)
        {
            Add(2, tag);
            Add(2, type);
            Add(4, 1);
            Add(type == Short ? 2 : 4, value);
            Add(type == Short ? 2 : 0, 0);
        }

        void Add(int length, int value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            exif.AddRange(littleEndian ? bytes[..length] : bytes[..length].Reverse());
        }
    }

    private static string Text(Picture grey) => string.Join(' ', Enumerable.Range(0, grey.Height)
        .Select(y => Encoding.ASCII.GetString(grey.Row(y))));
}
