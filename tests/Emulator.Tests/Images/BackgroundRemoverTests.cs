using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Background;

namespace AkkaComfy.Emulator.Tests.Images;

public class BackgroundRemoverTests
{
    private const int Width = 240;
    private const int Height = 180;

    private delegate (double R, double G, double B) Colour(int x, int y);

    public static TheoryData<string> Backgrounds() => ["plain", "gradient", "noise", "stripes"];

    [Theory]
    [MemberData(nameof(Backgrounds))]
    public void A_disc_is_cut_out_of_any_background(string background)
    {
        var scene = Scene(Background(background), Disc(120, 90, 50), (200, 60, 40));
        var cutout = BackgroundRemover.Remove(scene);
        Assert.InRange(Overlap(cutout.Mask, Disc(120, 90, 50)), 0.95, 1);
        Assert.Equal(255, Level(cutout.Mask, 120, 90));
        Assert.All(new[] { (0, 0), (239, 0), (0, 179), (239, 179), (20, 90) }, at =>
            Assert.Equal(0, Level(cutout.Mask, at.Item1, at.Item2)));
    }

    [Fact]
    public void The_edge_is_soft()
    {
        var mask = BackgroundRemover.Remove(Scene(Background("plain"), Disc(120, 90, 50), (200, 60, 40))).Mask;
        var partly = mask.Pixels.Count(level => level is > 20 and < 235);
        Assert.InRange(partly, 150, 1500);
    }

    [Fact]
    public void Colours_stay_and_the_mask_is_the_alpha()
    {
        var scene = Scene(Background("noise"), Disc(120, 90, 50), (200, 60, 40));
        var cutout = BackgroundRemover.Remove(scene);
        Pictures.Same(scene, cutout.Image.ToRgb());
        Pictures.Same(cutout.Mask, cutout.Image.Alpha());
    }

    [Fact]
    public void A_hole_that_the_border_cannot_reach_stays_closed()
    {
        bool Ring(int x, int y) => Disc(120, 90, 60)(x, y) && !Disc(120, 90, 25)(x, y);
        var mask = BackgroundRemover.Remove(Scene(Background("plain"), Ring, (200, 60, 40))).Mask;
        Assert.Equal(255, Level(mask, 120, 90));
    }

    [Fact]
    public void A_subject_that_stands_on_the_bottom_edge_stays()
    {
        bool Standing(int x, int y) => Math.Abs(x - 120) < 45 && y > 60;
        var mask = BackgroundRemover.Remove(Scene(Background("plain"), Standing, (200, 60, 40))).Mask;
        Assert.InRange(Overlap(mask, Standing), 0.95, 1);
        Assert.Equal(255, Level(mask, 120, 178));
    }

    [Fact]
    public void A_speck_beside_the_subject_goes()
    {
        bool DiscAndSpeck(int x, int y) => Disc(120, 90, 50)(x, y) || Disc(20, 20, 5)(x, y);
        var mask = BackgroundRemover.Remove(Scene(Background("plain"), DiscAndSpeck, (200, 60, 40))).Mask;
        Assert.Equal(0, Level(mask, 20, 20));
        Assert.Equal(255, Level(mask, 120, 90));
    }

    [Fact]
    public void Where_nothing_stands_out_the_picture_stays_whole() =>
        Assert.All(BackgroundRemover.Remove(Pictures.Plain(64, 48, 9, 99, 199)).Mask.Pixels, l => Assert.Equal(255, l));

    [Fact]
    public void A_large_picture_gets_a_mask_of_its_own_size()
    {
        var scene = Scene(Background("gradient"), Disc(120, 90, 50), (200, 60, 40));
        var large = Resampler.Resize(scene, 1200, 900, Resampling.Bilinear);
        var mask = BackgroundRemover.Remove(large).Mask;
        Assert.Equal((1200, 900), (mask.Width, mask.Height));
        Assert.InRange(Overlap(mask, Disc(600, 450, 250)), 0.95, 1);
    }

    [Fact]
    public void Any_size_and_kind_of_picture_works()
    {
        var random = new Random(12);
        for (var round = 0; round < 80; round++)
        {
            var (width, height) = (random.Next(1, round % 2 == 0 ? 4 : 60), random.Next(1, round % 3 == 0 ? 3 : 60));
            var picture = Pictures.Noise(random, width, height, ((int[])[1, 3, 4])[round % 3]);
            var cutout = BackgroundRemover.Remove(picture);
            Assert.Equal((width, height, 4), (cutout.Image.Width, cutout.Image.Height, cutout.Image.Channels));
        }
    }

    private static Func<int, int, bool> Disc(int centreX, int centreY, int radius) =>
        (x, y) => ((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY)) < radius * radius;

    private static Colour Background(string name)
    {
        var random = new Random(5);
        return name switch
        {
            "plain" => (_, _) => (90, 130, 170),
            "gradient" => (x, y) => (40 + (y * 0.6), 60 + (x * 0.3), 190 - (y * 0.4)),
            "noise" => (_, _) => (90 + random.Next(-15, 16), 130 + random.Next(-15, 16), 170 + random.Next(-15, 16)),
            _ => (x, _) => x / 6 % 2 == 0 ? (80, 120, 160) : (100, 140, 180),
        };
    }

    private static Picture Scene(Colour background, Func<int, int, bool> subject, (double R, double G, double B) colour)
    {
        var scene = new Picture(Width, Height, 3);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (r, g, b) = subject(x, y) ? colour : background(x, y);
                var pixel = scene.Row(y)[(x * 3)..];
                (pixel[0], pixel[1], pixel[2]) = ((byte)r, (byte)g, (byte)b);
            }
        }

        return scene;
    }

    private static byte Level(Picture mask, int x, int y) => mask.Row(y)[x];

    /// <summary>Intersection over union of what is more than half opaque with what should be.</summary>
    private static double Overlap(Picture mask, Func<int, int, bool> expected)
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < mask.Pixels.Length; i++)
        {
            var (taken, should) = (mask.Pixels[i] > 127, expected(i % mask.Width, i / mask.Width));
            both += taken && should ? 1 : 0;
            either += taken || should ? 1 : 0;
        }

        return both / (double)either;
    }
}
