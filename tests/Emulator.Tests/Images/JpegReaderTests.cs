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

    [Fact]
    public void The_fixtures_cover_progressions_of_every_kind() =>
        Assert.Superset(
            new HashSet<string>
            {
                "progressive-422.jpg", "progressive-444.jpg", "progressive-bitwise-restart.jpg", "progressive-bitwise.jpg",
                "progressive-grey.jpg", "progressive-rgb.jpg", "progressive-spectral.jpg", "progressive-ycck.jpg",
            },
            Fixture.Names("progressive*.jpg").Where(name => Fixture.Bytes(name)[Frame(Fixture.Bytes(name)) + 1] == 0xC2)
                .ToHashSet());

    [Fact]
    public void An_arithmetic_file_is_refused_by_name() => Refuses(Fixture.Bytes("arithmetic.jpg"), "arithmetic");

    [Fact]
    public void A_progressive_file_without_its_end_is_truncated()
    {
        var file = Fixture.Bytes("progressive.jpg");
        var refusal = Assert.Throws<CorruptImageException>(() => JpegReader.Read(file.AsSpan()[..^2]));
        Assert.Contains("truncated", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_progressive_file_that_ends_before_every_component_began_is_corrupt()
    {
        var file = Fixture.Bytes("progressive-bitwise.jpg");
        var second = Scans(file).Skip(1).First();
        Assert.Throws<CorruptImageException>(() => JpegReader.Read([.. file[..second], 0xFF, 0xD9]));
    }

    [Fact]
    public void A_progressive_file_that_ends_between_two_scans_reads_less_sharp()
    {
        var file = Fixture.Bytes("progressive-bitwise.jpg");
        var last = Scans(file).Last();
        Pictures.Close(
            Fixture.Netpbm("progressive-bitwise.ppm"), JpegReader.Read([.. file[..last], 0xFF, 0xD9]), maxError: 12, meanError: 1);
    }

    [Fact]
    public void More_scans_than_anyone_needs_are_refused_before_they_are_decoded()
    {
        var file = Fixture.Bytes("progressive.jpg");
        // The one that refines all constants needs no tables of its own.
        var start = Scans(file).Single(at => file[at + 4] == 3 && file[at + 13] == 0x10);
        var end = Enumerable.Range(start, file.Length).First(at => file[at] == 0xFF && file[at + 1] == 0xC4);
        var many = Enumerable.Repeat(file[start..end], 600).SelectMany(scan => scan);
        Refuses([.. file[..start], .. many, .. file[start..]], "scans");
    }

    [Theory]
    [InlineData(1, 64, 0)]
    [InlineData(5, 4, 0)]
    [InlineData(0, 5, 0)]
    [InlineData(1, 5, 0x31)]
    [InlineData(1, 5, 0x0E)]
    public void A_scan_of_what_there_is_not_is_corrupt(byte first, byte last, byte bits)
    {
        var file = Fixture.Bytes("progressive-bitwise.jpg");
        var scan = Scans(file).First();
        (file[scan + 7], file[scan + 8], file[scan + 9]) = (first, last, bits);
        Assert.Throws<CorruptImageException>(() => JpegReader.Read(file));
    }

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
        Enumerable.Range(0, file.Length - 1).First(i => file[i] == 0xFF && file[i + 1] is 0xC0 or 0xC1 or 0xC2);

    /// <summary>Where each scan's header begins.</summary>
    private static IEnumerable<int> Scans(byte[] file) =>
        Enumerable.Range(0, file.Length - 1).Where(i => file[i] == 0xFF && file[i + 1] == 0xDA);
}
