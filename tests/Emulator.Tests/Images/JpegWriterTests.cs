using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Jpeg;

namespace AkkaComfy.Emulator.Tests.Images;

public class JpegWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_smooth_picture_of_any_size_reads_back_nearly_the_same(int channels)
    {
        var random = new Random(8);
        for (var round = 0; round < 60; round++)
        {
            var picture = Pictures.Smooth(random.Next(1, 60), random.Next(1, 60), channels);
            Pictures.Close(picture, JpegReader.Read(JpegWriter.Write(picture, 95)), maxError: 24, meanError: 3);
        }
    }

    [Fact]
    public void Noise_at_every_quality_reads_back()
    {
        var picture = Pictures.Noise(new Random(9), 40, 24, 3);
        for (var quality = 1; quality <= 100; quality++)
        {
            var back = JpegReader.Read(JpegWriter.Write(picture, quality));
            Assert.Equal((40, 24, 3), (back.Width, back.Height, back.Channels));
        }
    }

    [Fact]
    public void A_lower_quality_makes_a_smaller_file()
    {
        var picture = JpegReader.Read(Fixture.Bytes("quality100.jpg"));
        Assert.True(JpegWriter.Write(picture, 30).Length < JpegWriter.Write(picture, 90).Length);
    }

    [Fact]
    public void Alpha_is_dropped()
    {
        var picture = Pictures.Smooth(20, 20, 4);
        Pictures.Same(JpegReader.Read(JpegWriter.Write(picture)), JpegReader.Read(JpegWriter.Write(picture.ToRgb())));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_out_of_range_is_refused(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JpegWriter.Write(Pictures.Plain(1, 1, 0), quality));
}
