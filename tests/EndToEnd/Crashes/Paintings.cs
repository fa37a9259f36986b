using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.EndToEnd.Crashes;

/// <summary>Pictures by number: each has a colour of its own, and so has what becomes of it.</summary>
internal static class Paintings
{
    private const int Side = 16;
    private const int Scale = 4;

    /// <summary>Neighbouring numbers are far apart in colour, so that no rounding makes two alike.</summary>
    private const int Stride = 0x9E3779;

    public static MultipartFormDataContent Form(int number) => new()
    {
        { new ByteArrayContent(PngWriter.Write(Solid(Side, number))), "imageFile", "painting.png" },
    };

    /// <summary>The whole file is decoded, with its checksums, and every pixel compared.</summary>
    public static bool IsUpscaled(byte[] output, int number)
    {
        var (picture, wanted) = (ImageDecoder.Decode(output).ToRgb(), Solid(Side * Scale, number));
        return (picture.Width, picture.Height) == (wanted.Width, wanted.Height)
            && picture.Pixels.AsSpan().SequenceEqual(wanted.Pixels);
    }

    private static Picture Solid(int side, int number) =>
        PictureOperations.Solid(side, side, unchecked(number * Stride) & 0xFFFFFF);
}
