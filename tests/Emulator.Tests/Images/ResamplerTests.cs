using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

public class ResamplerTests
{
    public static TheoryData<Resampling> Methods() => [.. Enum.GetValues<Resampling>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_plain_picture_stays_plain_at_any_size(Resampling method)
    {
        var random = new Random(3);
        for (var round = 0; round < 40; round++)
        {
            byte[] colour = [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
            var source = Pictures.Plain(random.Next(1, 40), random.Next(1, 40), colour);
            var (width, height) = (random.Next(1, 120), random.Next(1, 120));
            Pictures.Same(Pictures.Plain(width, height, colour), Resampler.Resize(source, width, height, method));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_same_size_is_the_same_picture(Resampling method)
    {
        var source = Pictures.Noise(new Random(4), 33, 21, 4);
        Pictures.Same(source, Resampler.Resize(source, 33, 21, method));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Changing_one_side_leaves_the_other_untouched(Resampling method)
    {
        var row = Pictures.Noise(new Random(5), 16, 1, 1);
        var tall = Resampler.Resize(row, 16, 5, method);
        for (var y = 0; y < 5; y++)
        {
            Assert.Equal(row.Pixels, tall.Row(y).ToArray());
        }
    }

    [Fact]
    public void Known_weights_give_known_values()
    {
        var edge = new Picture(4, 1, 1, [0, 0, 160, 160]);
        byte[] Wide(Resampling method) => Resampler.Resize(edge, 8, 1, method).Pixels;
        Assert.Equal([0, 0, 0, 0, 160, 160, 160, 160], Wide(Resampling.NearestExact));
        Assert.Equal([0, 0, 0, 40, 120, 160, 160, 160], Wide(Resampling.Bilinear));
        // Catmull-Rom at a quarter: -0.0703, 0.8672, 0.2266, -0.0234.
        Assert.Equal([0, 0, 0, 33, 128, 171, 164, 160], Wide(Resampling.Bicubic));
        Assert.Equal([0, 0, 0, 0, 160, 160, 160, 160], Wide(Resampling.Area));
        var steps = new Picture(6, 1, 1, [0, 30, 60, 100, 200, 255]);
        Assert.Equal([15, 80, 228], Resampler.Resize(steps, 3, 1, Resampling.Area).Pixels);
        Assert.Equal([30, 185], Resampler.Resize(steps, 2, 1, Resampling.Area).Pixels);
        Assert.Equal([30, 100, 255], Resampler.Resize(steps, 3, 1, Resampling.NearestExact).Pixels);
    }

    [Theory]
    [InlineData(Resampling.Bicubic)]
    [InlineData(Resampling.Lanczos)]
    [InlineData(Resampling.Bilinear)]
    public void A_smooth_picture_survives_being_enlarged_and_shrunk(Resampling method)
    {
        var source = Pictures.Smooth(40, 30, 3);
        var back = Resampler.Resize(Resampler.Resize(source, 160, 120, method), 40, 30, method);
        Pictures.Close(source, back, maxError: 8, meanError: 1);
    }

    [Fact]
    public void Colours_of_transparent_pixels_do_not_bleed()
    {
        var source = new Picture(2, 1, 4, [255, 0, 0, 0, 0, 0, 255, 255]);
        var wide = Resampler.Resize(source, 8, 1, Resampling.Bilinear);
        for (var x = 0; x < 8; x++)
        {
            var pixel = wide.Pixels.AsSpan(x * 4, 4).ToArray();
            if (pixel[3] > 0)
            {
                Assert.Equal([0, 0, 255], pixel[..3]);
            }
        }

        Assert.Equal(255, wide.Pixels[^1]);
        Assert.Equal(0, wide.Pixels[3]);
    }

    [Theory]
    [InlineData(30, 20, 1)]
    [InlineData(512, 512, 1)]
    [InlineData(513, 100, 2)]
    [InlineData(900, 700, 4)]
    public void An_upscale_reports_ComfyUI_s_tiles(int width, int height, int tiles)
    {
        var reports = new List<(int Done, int All)>();
        var big = Resampler.Upscale(Pictures.Plain(width, height, 50), 2, (done, all) => reports.Add((done, all)));
        Assert.Equal((width * 2, height * 2), (big.Width, big.Height));
        Assert.Equal(Enumerable.Range(1, tiles).Select(done => (done, tiles)), reports);
        Assert.Equal(tiles, Resampler.UpscaleTiles(width, height));
    }

    [Fact]
    public void Tiles_leave_no_seams()
    {
        var source = Pictures.Noise(new Random(6), 530, 520, 1);
        Pictures.Same(
            Resampler.Resize(source, 1060, 1040, Resampling.Lanczos),
            Resampler.Upscale(source, 2));
    }

    [Fact]
    public void An_upscale_stops_at_the_tile_where_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var tiles = 0;
        void OnTile(int done, int all)
        {
            tiles = done;
            stop.Cancel();
        }

        Assert.Throws<OperationCanceledException>(
            () => Resampler.Upscale(Pictures.Plain(900, 700, 1), 2, OnTile, stop.Token));
        Assert.Equal(1, tiles);
    }
}
