using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

public class PictureOperationsTests
{
    [Fact]
    public void A_solid_picture_has_its_colour_everywhere() =>
        Pictures.Same(Pictures.Plain(5, 4, 0x12, 0x34, 0x56), PictureOperations.Solid(5, 4, 0x123456));

    [Fact]
    public void Inverting_twice_gives_the_picture_back()
    {
        var picture = Pictures.Noise(new Random(1), 9, 7, 3);
        Assert.Equal(255 - picture.Pixels[0], picture.Invert().Pixels[0]);
        Pictures.Same(picture, picture.Invert().Invert());
    }

    [Fact]
    public void Alpha_can_be_taken_off_and_put_back()
    {
        var picture = Pictures.Noise(new Random(2), 9, 7, 4);
        Pictures.Same(picture, picture.ToRgb().WithAlpha(picture.Alpha()));
        Assert.All(Pictures.Plain(3, 3, 1, 2, 3).Alpha().Pixels, level => Assert.Equal(255, level));
        Pictures.Same(Pictures.Plain(3, 2, 8, 8, 8), Pictures.Plain(3, 2, 8).ToRgb());
    }

    [Theory]
    [InlineData(100, 50, 10, 10, 50, 50)]
    [InlineData(100, 50, 400, 100, 100, 26)]
    [InlineData(50, 100, 20, 10, 50, 24)]
    [InlineData(100, 50, 20, 10, 100, 50)]
    [InlineData(1000, 1, 1, 1000, 2, 1)]
    public void A_crop_to_a_shape_keeps_the_middle(int width, int height, int toWidth, int toHeight, int left, int tall)
    {
        var cropped = Pictures.Plain(width, height, 1).CropToShape(toWidth, toHeight);
        Assert.Equal((left, tall), (cropped.Width, cropped.Height));
    }

    [Fact]
    public void A_crop_takes_the_pixels_asked_for_and_refuses_what_lies_outside()
    {
        var picture = new Picture(3, 2, 1, [1, 2, 3, 4, 5, 6]);
        Assert.Equal([2, 3, 5, 6], picture.Crop(1, 0, 2, 2).Pixels);
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.Crop(2, 0, 2, 1));
    }

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(1, 1, 2)]
    [InlineData(100_000, 100_000, 3)]
    public void A_picture_that_cannot_be_is_refused(int width, int height, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(width, height, channels));
}
