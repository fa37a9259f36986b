using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.Emulator.Tests.Images;

public class PngReaderTests
{
    private const string Adam7 = "adam7-";

    private static readonly (int Left, int Top, int Across, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static TheoryData<string> Readable() =>
        [.. Fixture.Names("*.pam").Select(name => Path.ChangeExtension(name, ".png"))];

    [Theory]
    [MemberData(nameof(Readable))]
    public void Every_colour_type_and_depth_reads_as_other_programs_read_it(string name)
    {
        var picture = PngReader.Read(Fixture.Bytes(name));
        Pictures.Same(Fixture.Netpbm(Path.ChangeExtension(name, ".pam")), Pictures.Rgba(picture));
    }

    [Theory]
    [InlineData("grey8.png", 1)]
    [InlineData("rgb8.png", 3)]
    [InlineData("palette8.png", 3)]
    [InlineData("palette8-trns.png", 4)]
    [InlineData("greyalpha8.png", 4)]
    [InlineData("rgba8.png", 4)]
    public void Channels_are_those_the_picture_needs(string name, int channels) =>
        Assert.Equal(channels, PngReader.Read(Fixture.Bytes(name)).Channels);

    [Theory]
    [MemberData(nameof(Interlaced))]
    public void An_interlaced_file_reads_as_the_same_one_that_is_not(string name) =>
        Pictures.Same(PngReader.Read(Fixture.Bytes(name[Adam7.Length..])), PngReader.Read(Fixture.Bytes(name)));

    public static TheoryData<string> Interlaced() => [.. Fixture.Names($"{Adam7}*.png")];

    [Fact]
    public void Every_colour_type_and_depth_is_there_interlaced_and_not()
    {
        string[] kinds =
        [
            "grey1", "grey16", "grey2", "grey4", "grey8", "greyalpha16", "greyalpha8", "palette1", "palette2", "palette4",
            "palette8", "palette8-trns", "rgb16", "rgb8", "rgba16", "rgba8",
        ];
        Assert.Equal(kinds.Select(kind => $"{kind}.pam").ToHashSet(), Fixture.Names("*.pam").ToHashSet());
        Assert.Equal(kinds.Select(kind => $"{Adam7}{kind}.png").ToHashSet(), Fixture.Names($"{Adam7}*.png").ToHashSet());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 5)]
    [InlineData(5, 1)]
    [InlineData(1, 9)]
    public void A_small_interlaced_picture_leaves_passes_out(int width, int height)
    {
        var rows = new List<byte>();
        foreach (var (left, top, across, down) in Passes)
        {
            for (var y = top; y < height && left < width; y += down)
            {
                rows.Add(0);
                for (var x = left; x < width; x += across)
                {
                    rows.Add((byte)((10 * y) + x));
                }
            }
        }

        var picture = PngReader.Read(new PngBuilder().Header(width, height, 8, 0, interlace: 1).Data([.. rows]).End());
        var expected = Enumerable.Range(0, width * height).Select(i => (byte)((10 * (i / width)) + (i % width)));
        Assert.Equal(expected, picture.Pixels);
    }

    [Fact]
    public void Sixteen_bits_are_compared_whole_with_the_key()
    {
        var grey = PngReader.Read(
            new PngBuilder().Header(2, 1, 16, 0).Chunk("tRNS", 1, 2).Data([0, 1, 2, 1, 3]).End());
        Assert.Equal([1, 1, 1, 0, 1, 1, 1, 255], grey.Pixels);
        var rgb = PngReader.Read(new PngBuilder().Header(2, 1, 16, 2)
            .Chunk("tRNS", 1, 0, 2, 0, 3, 0).Data([0, 1, 0, 2, 0, 3, 0, 1, 0, 2, 0, 3, 1]).End());
        Assert.Equal([1, 2, 3, 0, 1, 2, 3, 255], rgb.Pixels);
    }

    [Theory]
    [InlineData("rgb16.png", AlphaOrigin.None)]
    [InlineData("palette8.png", AlphaOrigin.None)]
    [InlineData("palette8-trns.png", AlphaOrigin.Palette)]
    [InlineData("greyalpha16.png", AlphaOrigin.Channel)]
    [InlineData("adam7-rgba8.png", AlphaOrigin.Channel)]
    public void Whence_transparency_comes_is_told(string name, AlphaOrigin origin) =>
        Assert.Equal(origin, PngReader.Open(Fixture.Bytes(name)).Alpha);

    [Fact]
    public void Each_filter_is_undone()
    {
        // A row per filter, by hand: 2 RGB pixels each.
        byte[] rows =
        [
            0, 10, 20, 30, 40, 50, 60,
            1, 1, 2, 3, 4, 5, 6,
            2, 1, 1, 1, 1, 1, 1,
            3, 1, 1, 1, 1, 1, 1,
            4, 255, 255, 255, 0, 0, 0,
        ];
        var file = new PngBuilder().Header(2, 5, 8, 2).Data(rows).End();
        byte[] expected =
        [
            10, 20, 30, 40, 50, 60,
            1, 2, 3, 5, 7, 9,
            2, 3, 4, 6, 8, 10,
            2, 2, 3, 5, 6, 7,
            1, 1, 2, 5, 6, 7,
        ];
        Assert.Equal(expected, PngReader.Read(file).Pixels);
    }

    [Fact]
    public void Pixel_data_may_be_split_into_any_chunks()
    {
        var rows = new byte[29 * ((37 * 3) + 1)];
        new Random(1).NextBytes(rows);
        for (var y = 0; y < 29; y++)
        {
            rows[y * ((37 * 3) + 1)] = (byte)(y % 5);
        }

        var whole = PngReader.Read(new PngBuilder().Header(37, 29, 8, 2).Data(rows).End());
        var split = PngReader.Read(new PngBuilder().Header(37, 29, 8, 2).Chunk("IDAT").Data(rows, 7).End());
        Pictures.Same(whole, split);
    }

    [Fact]
    public void A_grey_or_colour_key_makes_its_pixels_transparent()
    {
        var grey = PngReader.Read(
            new PngBuilder().Header(4, 1, 2, 0).Chunk("tRNS", 0, 2).Data([0, 0b00_01_10_11]).End());
        Assert.Equal([0, 0, 0, 255, 85, 85, 85, 255, 170, 170, 170, 0, 255, 255, 255, 255], grey.Pixels);
        var rgb = PngReader.Read(
            new PngBuilder().Header(2, 1, 8, 2).Chunk("tRNS", 0, 1, 0, 2, 0, 3).Data([0, 1, 2, 3, 1, 2, 4]).End());
        Assert.Equal([1, 2, 3, 0, 1, 2, 4, 255], rgb.Pixels);
    }

    [Fact]
    public void Chunks_of_no_concern_are_passed_over_and_unknown_critical_ones_refused()
    {
        PngBuilder Start() => new PngBuilder().Header(1, 1, 8, 0).Chunk("prIv", 1, 2, 3);
        Assert.Equal([7], PngReader.Read(Start().Data([0, 7]).End()).Pixels);
        Assert.Throws<CorruptImageException>(() => PngReader.Read(Start().Chunk("CRIT").Data([0, 7]).End()));
    }

    public static TheoryData<string, byte[]> Broken() => new()
    {
        { "unknown filter", new PngBuilder().Header(1, 1, 8, 0).Data([5, 0]).End() },
        { "too few rows", new PngBuilder().Header(1, 2, 8, 0).Data([0, 0]).End() },
        { "too few passes", new PngBuilder().Header(2, 2, 8, 0, 1).Data([0, 0, 0, 0]).End() },
        { "interlace method 2", new PngBuilder().Header(1, 1, 8, 0, 2).Data([0, 0]).End() },
        { "no data", new PngBuilder().Header(1, 1, 8, 0).End() },
        { "no header", new PngBuilder().Data([0, 0]).End() },
        { "data not zlib", new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", 1, 2, 3, 4, 5).End() },
        { "data that ask for a dictionary", new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", 0x78, 0x20, 1, 2, 3, 4).End() },
        { "no width", new PngBuilder().Header(0, 1, 8, 0).Data([0, 0]).End() },
        { "negative height", new PngBuilder().Header(1, -1, 8, 0).Data([0, 0]).End() },
        { "depth that its colour lacks", new PngBuilder().Header(1, 1, 4, 2).Data([0, 0]).End() },
        { "colour type 5", new PngBuilder().Header(1, 1, 8, 5).Data([0, 0]).End() },
        { "no palette", new PngBuilder().Header(1, 1, 8, 3).Data([0, 0]).End() },
        { "palette too small", new PngBuilder().Header(1, 1, 8, 3).Chunk("PLTE", 1, 2, 3).Data([0, 1]).End() },
        { "palette ragged", new PngBuilder().Header(1, 1, 8, 3).Chunk("PLTE", 1, 2).Data([0, 0]).End() },
        { "key too short", new PngBuilder().Header(1, 1, 8, 2).Chunk("tRNS", 1).Data([0, 0, 0, 0]).End() },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_file_against_the_rules_is_corrupt(string why, byte[] file)
    {
        Assert.NotEmpty(why);
        Assert.Throws<CorruptImageException>(() => PngReader.Read(file));
    }
}
