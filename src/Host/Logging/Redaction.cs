using System.Text.RegularExpressions;

namespace AkkaComfy.Host.Logging;

/// <summary>Takes out of a text what no log may hold: credentials, and images as base64.</summary>
/// <remarks>Nobody means to log any of it; this stands between a log and an exception that quotes what it was given.</remarks>
internal static partial class Redaction
{
    private const string Mask = "***";

    /// <summary>In characters: longer than any id or hash, shorter than any image.</summary>
    private const int Base64Length = 100;

    /// <summary>A path has as many folders, and none of its names is as long as an image.</summary>
    private const int FewestFolders = 3;

    /// <summary>In ms; no text takes so long, and a line that did would be lost rather than told as it is.</summary>
    private const int TimeLimit = 10_000;

    public static string Of(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            text = UserInfo().Replace(text, Mask);
        }

        text = Scheme().Replace(text, $"${{scheme}} {Mask}");
        text = Secret().Replace(text, $"${{name}}{Mask}");
        if (text.Length >= Base64Length || text.Contains("base64,", StringComparison.Ordinal))
        {
            text = Base64().Replace(
                text, match => IsPath(match.Value) ? match.Value : $"[{match.Length} characters of base64]");
        }

        return text;
    }

    /// <summary>Disks' errors name files, whose folders are told apart by a character of base64.</summary>
    private static bool IsPath(ReadOnlySpan<char> text)
    {
        var (folders, name) = (0, 0);
        foreach (var character in text)
        {
            if (character is '+' or '=' || (character is '/' && name == 0 && folders > 0) || name >= Base64Length)
            {
                return false;
            }

            (folders, name) = character is '/' ? (folders + 1, 0) : (folders, name + 1);
        }

        return folders >= FewestFolders && name < Base64Length;
    }

    [GeneratedRegex("""(?<=://)((?!://)[^\s"'<>])+(?=@)""", RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"\b(?<scheme>Basic|Bearer) +[A-Za-z0-9+/=._~-]{6,}", RegexOptions.None, TimeLimit)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        """(?<name>(authorization|idempotency-key|cookie|api-key|password)["']?\s*[:=]\s*["']?)[^\s"',;]+""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex Secret();

    [GeneratedRegex("(?<=base64,)[A-Za-z0-9+/=]+|[A-Za-z0-9+/_-]{100,}={0,2}", RegexOptions.None, TimeLimit)]
    private static partial Regex Base64();
}
