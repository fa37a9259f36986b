using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

public class ImageDecoderTests
{
    [Theory]
    [InlineData("rgb8.png", ImageFormat.Png)]
    [InlineData("420.jpg", ImageFormat.Jpeg)]
    public void Formats_are_told_by_their_signature(string name, ImageFormat format)
    {
        Assert.Equal(format, ImageSignature.Of(Fixture.Bytes(name)));
        Assert.Equal((37, 29), (ImageDecoder.Decode(Fixture.Bytes(name)).Width, ImageDecoder.Decode(Fixture.Bytes(name)).Height));
    }

    [Fact]
    public void WebP_is_refused_by_name()
    {
        var refusal = Assert.Throws<UnsupportedImageException>(() => ImageDecoder.Decode("RIFF\0\0\0\0WEBPVP8 "u8.ToArray()));
        Assert.Contains("WebP", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no image at all, whatever its name says.")]
    public void Anything_else_cannot_be_identified(string text)
    {
        var file = System.Text.Encoding.UTF8.GetBytes(text);
        Assert.Equal(ImageFormat.Unknown, ImageSignature.Of(file));
        var refusal = Assert.Throws<UnsupportedImageException>(() => ImageDecoder.Decode(file));
        Assert.StartsWith("cannot identify image file", refusal.Message, StringComparison.Ordinal);
    }
}
