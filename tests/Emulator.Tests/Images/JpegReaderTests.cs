using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Jpeg;

namespace AkkaComfy.Emulator.Tests.Images;

public class JpegReaderTests
{
    public static TheoryData<string> Readable() =>
        [.. Fixture.Names("*.ppm").Select(name => Path.ChangeExtension(name, ".jpg"))];

    [Theory]
    [MemberData(nameof(Readable))]
    public void Every_sampling_reads_as_libjpeg_reads_it(string name)
    {
        var picture = JpegReader.Read(Fixture.Bytes(name));
        Pictures.Close(Fixture.Netpbm(Path.ChangeExtension(name, ".ppm")), picture, maxError: 3, meanError: 0.2);
    }

    [Fact]
    public void The_fixtures_cover_every_sampling() =>
        Assert.Superset(
            new HashSet<string> { "411.jpg", "420.jpg", "422.jpg", "440.jpg", "444.jpg", "grey.jpg", "restart.jpg" },
            Fixture.Names("*.ppm").Select(name => Path.ChangeExtension(name, ".jpg")).ToHashSet());

    [Theory]
    [InlineData("progressive.jpg", "progressive")]
    [InlineData("arithmetic.jpg", "arithmetic")]
    [InlineData("cmyk.jpg", "CMYK")]
    public void A_kind_not_read_is_refused_by_name(string name, string kind) => Refuses(Fixture.Bytes(name), kind);

    [Theory]
    [InlineData(0xC3, "lossless")]
    [InlineData(0xC5, "hierarchical")]
    [InlineData(0xCB, "arithmetic")]
    public void A_frame_of_another_kind_is_refused_by_name(byte marker, string kind)
    {
        var file = Fixture.Bytes("420.jpg");
        file[Frame(file) + 1] = marker;
        Refuses(file, kind);
    }

    [Fact]
    public void Twelve_bits_are_refused_by_name()
    {
        var file = Fixture.Bytes("420.jpg");
        file[Frame(file) + 4] = 12;
        Refuses(file, "12-bit");
    }

    [Fact]
    public void Padding_before_markers_is_passed_over()
    {
        var file = Fixture.Bytes("restart.jpg");
        var padded = new List<byte>();
        for (var i = 0; i < file.Length; i++)
        {
            if (file[i] == 0xFF && i + 1 < file.Length && file[i + 1] is >= 0xD0 and <= 0xD7)
            {
                padded.AddRange([0xFF, 0xFF]);
            }

            padded.Add(file[i]);
        }

        Assert.True(padded.Count > file.Length);
        Pictures.Same(JpegReader.Read(file), JpegReader.Read(padded.ToArray()));
    }

    [Fact]
    public void Restart_markers_out_of_order_are_corrupt()
    {
        var file = Fixture.Bytes("restart.jpg");
        var first = Array.FindIndex(file, 1, b => b == 0xD0);
        while (file[first - 1] != 0xFF)
        {
            first = Array.FindIndex(file, first + 1, b => b == 0xD0);
        }

        file[first] = 0xD3;
        Assert.Throws<CorruptImageException>(() => JpegReader.Read(file));
    }

    [Fact]
    public void A_picture_without_its_end_marker_still_reads()
    {
        var file = Fixture.Bytes("420.jpg");
        Pictures.Same(JpegReader.Read(file), JpegReader.Read(file.AsSpan()[..^2]));
    }

    private static void Refuses(byte[] file, string kind)
    {
        var refusal = Assert.Throws<UnsupportedImageException>(() => JpegReader.Read(file));
        Assert.Contains(kind, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static int Frame(byte[] file) =>
        Enumerable.Range(0, file.Length - 1).First(i => file[i] == 0xFF && file[i + 1] == 0xC0);
}
