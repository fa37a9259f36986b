using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

public class DamageTests
{
    private const long MaxPixels = 1_000_000;

    /// <summary>Larger files are tried at every third place only, for time's sake.</summary>
    private const int Small = 1_500;

    public static TheoryData<string> Files() => [.. Fixture.Names("*.png"), .. Fixture.Names("*.jpg")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_anywhere_is_refused(string name)
    {
        var file = Fixture.Bytes(name);
        var dispensable = name.EndsWith(".jpg", StringComparison.Ordinal) ? 2 : 0;
        for (var length = 0; length < file.Length - dispensable; length += StepOf(file))
        {
            Assert.False(Reads(file.AsMemory(0, length)), $"{name} reads when cut to {length} of {file.Length}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_wrong_byte_anywhere_reads_or_is_refused_and_never_takes_much_memory(string name)
    {
        var original = Fixture.Bytes(name);
        var random = new Random(4711);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decoded = 0;
        for (var i = 0; i < original.Length; i += StepOf(original))
        {
            var file = original.ToArray();
            file[i] ^= (byte)random.Next(1, 256);
            if (name.EndsWith(".png", StringComparison.Ordinal))
            {
                MendChecksums(file);
            }

            Reads(file);
            decoded++;
        }

        var perFile = (GC.GetAllocatedBytesForCurrentThread() - before) / decoded;
        Assert.InRange(perFile, 0, 400_000);
    }

    [Fact]
    public void Many_wrong_bytes_and_pieces_out_of_place_read_or_are_refused()
    {
        const int tries = 3_000;
        var random = new Random(815);
        var originals = Fixture.Names("*.png").Concat(Fixture.Names("*.jpg")).Select(Fixture.Bytes).ToArray();
        var refused = 0;
        for (var i = 0; i < tries; i++)
        {
            var file = Damaged(random, originals);
            if (ImageSignature.Of(file) == ImageFormat.Png)
            {
                MendChecksums(file);
            }

            refused += Reads(file) ? 0 : 1;
        }

        Assert.InRange(refused, tries / 2, tries - 1);
    }

    [Theory]
    [InlineData(1, 200_000, 1)]
    [InlineData(200_000, 1, 1)]
    [InlineData(200_000, 200_000, 1_000_000)]
    [InlineData(int.MaxValue, int.MaxValue, long.MaxValue)]
    public void A_PNG_that_claims_too_many_pixels_is_refused_before_memory_is_taken(int width, int height, long limit)
    {
        var file = new PngBuilder().Header(width, height, 8, 6).Data(new byte[1000]).End();
        RefusedCheaply<UnsupportedImageException>(file, limit);
    }

    [Fact]
    public void A_JPEG_that_claims_too_many_pixels_is_refused_before_memory_is_taken() =>
        RefusedCheaply<UnsupportedImageException>(Claiming(65_535, 65_535), Picture.MaxPixels);

    [Fact]
    public void A_file_too_short_for_the_pixels_it_claims_is_refused_before_memory_is_taken()
    {
        RefusedCheaply<CorruptImageException>(Claiming(8_000, 8_000), Picture.MaxPixels);
        var png = new PngBuilder().Header(8_000, 8_000, 8, 6).Data(new byte[1000]).End();
        RefusedCheaply<CorruptImageException>(png, Picture.MaxPixels);
    }

    [Fact]
    public void A_progressive_file_too_short_for_its_pixels_is_refused_before_memory_is_taken()
    {
        RefusedCheaply<CorruptImageException>(Claiming(8_000, 8_000, "progressive.jpg"), Picture.MaxPixels);

        // Without its first scan the file begins with one that could skip every block for a few bytes.
        var file = Claiming(8_000, 8_000, "progressive.jpg");
        var scans = Enumerable.Range(0, file.Length - 1).Where(i => file[i] == 0xFF && file[i + 1] == 0xDA).ToArray();
        var tables = Enumerable.Range(scans[0], file.Length).First(i => file[i] == 0xFF && file[i + 1] == 0xC4);
        RefusedCheaply<CorruptImageException>([.. file[..scans[0]], .. file[tables..]], Picture.MaxPixels);
    }

    [Fact]
    public void Rows_longer_than_memory_can_hold_are_refused()
    {
        var file = new PngBuilder().Header((int)Picture.MaxPixels, 1, 16, 6).Data(new byte[1000]).End();
        RefusedCheaply<UnsupportedImageException>(file, Picture.MaxPixels);
    }

    private static byte[] Claiming(ushort width, ushort height, string name = "420.jpg")
    {
        var file = Fixture.Bytes(name);
        var frame = Enumerable.Range(0, file.Length).First(i => file[i] == 0xFF && file[i + 1] is 0xC0 or 0xC2);
        (file[frame + 5], file[frame + 6]) = ((byte)(height >> 8), (byte)height);
        (file[frame + 7], file[frame + 8]) = ((byte)(width >> 8), (byte)width);
        return file;
    }

    private static void RefusedCheaply<TException>(byte[] file, long maxPixels)
        where TException : ImageException
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<TException>(() => ImageDecoder.Decode(file, maxPixels));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    private static byte[] Damaged(Random random, byte[][] originals)
    {
        byte[] file = [.. originals[random.Next(originals.Length)]];
        for (var wounds = random.Next(1, 8); wounds > 0; wounds--)
        {
            var (at, other) = (random.Next(file.Length), originals[random.Next(originals.Length)]);
            var piece = other.AsSpan(random.Next(other.Length));
            piece = piece[..Math.Min(piece.Length, random.Next(1, 60))];
            switch (random.Next(3))
            {
                case 0:
                    file[at] ^= (byte)random.Next(1, 256);
                    break;
                case 1:
                    piece[..Math.Min(piece.Length, file.Length - at)].CopyTo(file.AsSpan(at));
                    break;
                default:
                    file = [.. file[..at], .. piece, .. file[at..]];
                    break;
            }
        }

        return file;
    }

    private static int StepOf(byte[] file) => file.Length <= Small ? 1 : 3;

    /// <summary>Any exception but the two that are promised fails the test.</summary>
    private static bool Reads(ReadOnlyMemory<byte> file)
    {
        try
        {
            ImageDecoder.Decode(file, MaxPixels);
            return true;
        }
        catch (ImageException)
        {
            return false;
        }
    }

    private static void MendChecksums(byte[] file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
            {
                return;
            }

            var crc = PngBuilder.Crc(file.AsSpan(at + 4, 4 + (int)length));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), crc);
            at += 12 + (int)length;
        }
    }
}
