using System.Text;
using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests.Images;

/// <summary>Reference pictures made and decoded by other programs; fixtures/README.md says how.</summary>
internal static class Fixture
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Images", "fixtures");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>Reads binary PGM, PPM and PAM files of 8 bits; grey with alpha becomes RGBA.</summary>
    public static Picture Netpbm(string name)
    {
        var bytes = Bytes(name);
        var magic = Encoding.ASCII.GetString(bytes, 0, 2);
        var (width, height, depth, at) = magic == "P7" ? PamHeader(bytes) : PnmHeader(bytes, magic);
        var samples = bytes[at..];
        Assert.Equal(width * height * depth, samples.Length);
        if (depth == 2)
        {
            samples = [.. samples.Chunk(2).SelectMany(p => new[] { p[0], p[0], p[0], p[1] })];
            depth = 4;
        }

        return new Picture(width, height, depth, samples);
    }

    private static (int Width, int Height, int Depth, int At) PnmHeader(byte[] bytes, string magic)
    {
        var text = Encoding.Latin1.GetString(bytes, 0, 32);
        var parts = text.Split((char[])[' ', '\n'], 5);
        var at = parts.Take(4).Sum(part => part.Length + 1);
        return (int.Parse(parts[1]), int.Parse(parts[2]), magic == "P5" ? 1 : 3, at);
    }

    private static (int Width, int Height, int Depth, int At) PamHeader(byte[] bytes)
    {
        const string end = "ENDHDR\n";
        var text = Encoding.Latin1.GetString(bytes, 0, 128);
        var fields = text.Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        int Field(string name) => int.Parse(fields[name].First());
        var at = text.IndexOf(end, StringComparison.Ordinal) + end.Length;
        return (Field("WIDTH"), Field("HEIGHT"), Field("DEPTH"), at);
    }
}
