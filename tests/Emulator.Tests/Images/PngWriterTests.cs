using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.Emulator.Tests.Images;

public class PngWriterTests
{
    [Fact]
    public void Whatever_is_written_reads_back_the_same()
    {
        var random = new Random(20);
        for (var round = 0; round < 300; round++)
        {
            var (width, height) = (random.Next(1, 90), random.Next(1, 20));
            var channels = (int[])[1, 3, 4];
            var picture = round % 2 == 0
                ? Pictures.Noise(random, width, height, channels[round % 3])
                : Pictures.Smooth(width, height, channels[round % 3]);
            Pictures.Same(picture, PngReader.Read(PngWriter.Write(picture, level: random.Next(0, 10))));
        }
    }

    [Fact]
    public void Chunk_checksums_are_right()
    {
        var file = PngWriter.Write(Pictures.Smooth(50, 40, 3));
        var chunks = PngBuilder.Chunks(file).ToList();
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        foreach (var (_, data) in chunks)
        {
            var (start, end) = (data.Start.Value, data.End.Value);
            var expected = PngBuilder.Crc(file.AsSpan((start - 4)..end));
            Assert.Equal(expected, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(end)));
        }
    }

    [Fact]
    public void Smooth_pictures_become_much_smaller_than_their_pixels()
    {
        var picture = Pictures.Smooth(256, 256, 3);
        Assert.InRange(PngWriter.Write(picture).Length, 1, picture.Pixels.Length * 2 / 5);
    }

    [Fact]
    public void Text_is_kept_as_tEXt_where_Latin_1_suffices_and_as_iTXt_otherwise()
    {
        KeyValuePair<string, string>[] text =
            [new("prompt", "{\"1\": {\"class_type\": \"LoadImage\"}}"), new("workflow", "größer"), new("title", "猫 🐈"), new("empty", "")];
        var file = PngWriter.Write(Pictures.Plain(2, 2, 9), text);
        Assert.Equal(text, PngText.Read(file));
        Assert.Equal(
            ["IHDR", "tEXt", "tEXt", "iTXt", "tEXt", "IDAT", "IEND"],
            PngBuilder.Chunks(file).Select(chunk => chunk.Type));
    }

    [Theory]
    [InlineData("")]
    [InlineData("naïve")]
    [InlineData("a\0b")]
    public void A_keyword_PNG_does_not_allow_is_refused(string keyword) =>
        Assert.Throws<ArgumentException>(() => PngWriter.Write(Pictures.Plain(1, 1, 0), [new(keyword, "x")]));
}
