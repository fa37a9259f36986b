using System.Text;

namespace AkkaComfy.EndToEnd;

/// <summary>Small photographs without end: the same pixels, but other bytes, so that no instance answers from its cache.</summary>
internal static class Photos
{
    private static readonly byte[] Jpeg = File.ReadAllBytes(
        Path.Combine(Checkout.Root, "tests/Emulator.Tests/Images/fixtures/420.jpg"));

    /// <summary>The photograph with a comment segment right after its start marker.</summary>
    public static byte[] Numbered(int number)
    {
        var comment = Encoding.ASCII.GetBytes($"photo {number}");
        return [.. Jpeg[..2], 0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. comment, .. Jpeg[2..]];
    }
}
