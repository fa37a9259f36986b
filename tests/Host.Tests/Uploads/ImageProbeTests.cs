using System.Text;
using AkkaComfy.Host.Uploads.Images;

namespace AkkaComfy.Host.Tests.Uploads;

public class ImageProbeTests
{
    public static TheoryData<string, byte[], string, int, int> WholeImages => new()
    {
        { "png", ImageFiles.Png(640, 427), "image/png", 640, 427 },
        { "largest png", ImageFiles.Png(int.MaxValue, 1), "image/png", int.MaxValue, 1 },
        { "jpeg", ImageFiles.Jpeg(640, 427), "image/jpeg", 640, 427 },
        { "lossy webp", ImageFiles.LossyWebp(640, 427), "image/webp", 640, 427 },
        { "lossless webp", ImageFiles.LosslessWebp(16384, 3), "image/webp", 16384, 3 },
        { "extended webp", ImageFiles.ExtendedWebp(100_000, 427), "image/webp", 100_000, 427 },
    };

    [Theory]
    [InlineData("cat.png", "image/png", 451, 300)]
    [InlineData("coffee.png", "image/png", 600, 400)]
    [InlineData("rocket.jpg", "image/jpeg", 640, 427)]
    public void A_photograph_is_whole_and_says_its_size(string file, string type, int width, int height)
    {
        var probe = new ImageProbe();

        probe.Feed(RepositoryFiles.Sample(file));

        Assert.Null(probe.Finish());
        Assert.Equal(new ImageFacts(type, width, height), probe.Facts);
    }

    [Theory]
    [InlineData("cat.png")]
    [InlineData("rocket.jpg")]
    public void A_photograph_cut_off_anywhere_is_not_whole(string file)
    {
        var bytes = RepositoryFiles.Sample(file);
        foreach (var length in Enumerable.Range(1, 50).Select(i => i * (bytes.Length - 1) / 50))
        {
            Assert.NotNull(Verdict(bytes.AsSpan(0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(WholeImages))]
    public void A_whole_image_says_what_it_is(string name, byte[] bytes, string type, int width, int height)
    {
        var probe = new ImageProbe();

        probe.Feed(bytes);

        Assert.True(probe.Finish() is null, $"{name} {probe.Finish()}");
        Assert.Equal(new ImageFacts(type, width, height), probe.Facts);
    }

    [Theory]
    [MemberData(nameof(WholeImages))]
    public void However_the_bytes_are_cut_into_pieces_the_verdict_is_the_same(
        string name, byte[] bytes, string type, int width, int height)
    {
        for (var piece = 1; piece <= bytes.Length; piece++)
        {
            var probe = new ImageProbe();
            foreach (var chunk in bytes.Chunk(piece))
            {
                probe.Feed(chunk);
            }

            Assert.True(probe.Finish() is null, $"{name} in pieces of {piece} {probe.Finish()}");
            Assert.Equal(new ImageFacts(type, width, height), probe.Facts);
        }
    }

    [Theory]
    [MemberData(nameof(WholeImages))]
    public void An_image_without_its_last_bytes_is_not_whole(
        string name, byte[] bytes, string type, int width, int height)
    {
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.True(
                Verdict(bytes.AsSpan(0, length)) is not null,
                $"{length} bytes of a {name} ({type} {width}×{height}) pass");
        }
    }

    [Theory]
    [MemberData(nameof(WholeImages))]
    public void What_follows_a_whole_image_does_not_matter(
        string name, byte[] bytes, string type, int width, int height)
    {
        var probe = new ImageProbe();

        probe.Feed([.. bytes, .. bytes, 1, 2, 3]);

        Assert.True(probe.Finish() is null, $"{name} {probe.Finish()}");
        Assert.Equal(new ImageFacts(type, width, height), probe.Facts);
    }

    [Theory]
    [MemberData(nameof(WholeImages))]
    public void Damaged_bytes_never_break_the_probe_and_pieces_never_change_the_verdict(
        string name, byte[] bytes, string type, int width, int height)
    {
        var random = new Random(20261122);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var hits = random.Next(1, 4); hits > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var probe = new ImageProbe();
            foreach (var chunk in damaged.Chunk(random.Next(1, 9)))
            {
                probe.Feed(chunk);
            }

            Assert.True(
                Verdict(damaged) == probe.Finish(),
                $"{name} ({type} {width}×{height}): {Convert.ToHexString(damaged)}");
        }
    }

    public static TheoryData<string, byte[], string> BadImages => new()
    {
        { "nothing", [], "is empty" },
        { "a short text", "hello"u8.ToArray(), "is not a PNG, JPEG or WebP image" },
        { "a long text", Encoding.ASCII.GetBytes(new string('x', 5000)), "is not a PNG, JPEG or WebP image" },
        { "a GIF", [.. "GIF89a"u8, .. new byte[50]], "is not a PNG, JPEG or WebP image" },
        { "a WAV", [.. "RIFF"u8, 50, 0, 0, 0, .. "WAVE"u8, .. new byte[50]], "is not a PNG, JPEG or WebP image" },
        { "a PNG without width", ImageFiles.Png(0, 7), "states the impossible size 0×7" },
        { "a PNG too wide for the format", ImageFiles.Png(0x80000000, 7), "states the impossible size" },
        { "a PNG of no colour type", ImageFiles.Png(1, 1, colourType: 5), "colour type 5" },
        { "a PNG of no bit depth", ImageFiles.Png(1, 1, colourType: 2, depth: 4), "with 4 bits" },
        { "a PNG without data", ImageFiles.Png(1, 1, data: false), "has no image data" },
        { "a JPEG without height", ImageFiles.Jpeg(5, 0), "states the impossible size 5×0" },
        { "a JPEG without data", ImageFiles.Jpeg(5, 5, scan: false), "has no image data" },
        { "a JPEG without markers", [0xFF, 0xD8, 0xFF, 0xE0, 0, 2, .. new byte[20]], "a marker is missing" },
        { "a WebP without data", ImageFiles.ExtendedWebp(5, 5, data: false), "has no image data" },
        { "a WebP without chunks", [.. ImageFiles.Riff([]), .. new byte[20]], "impossible size" },
    };

    [Theory]
    [MemberData(nameof(BadImages))]
    public void What_is_no_image_is_refused_with_the_reason(string name, byte[] bytes, string reason)
    {
        var verdict = Verdict(bytes);

        Assert.True(verdict is not null, $"{name} passes");
        Assert.Contains(reason, verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_is_known_before_the_data_has_come()
    {
        var probe = new ImageProbe();

        probe.Feed(ImageFiles.Png(200_000, 200_000).AsSpan(0, 33));

        Assert.Equal(new ImageFacts("image/png", 200_000, 200_000), probe.Facts);
    }

    private static string? Verdict(ReadOnlySpan<byte> bytes)
    {
        var probe = new ImageProbe();
        probe.Feed(bytes);
        return probe.Finish();
    }
}
