using System.Text.RegularExpressions;

namespace AkkaComfy.Host.Commands.Config;

/// <summary>Takes out of settings what must not be shown.</summary>
internal static partial class Secrets
{
    private const string Hidden = "***";

    private static readonly string[] OfSecrets = ["_HEADERS", "_TOKEN", "_SECRET", "_PASSWORD", "_KEY"];

    public static string Without(string key, string value)
    {
        if (OfSecrets.Any(end => key.EndsWith(end, StringComparison.Ordinal)))
        {
            return Hidden;
        }

        return Credentials().Replace(value, $"{Hidden}@");
    }

    /// <summary>What stands before the host of an address, in a list of them too.</summary>
    [GeneratedRegex(
        """(?<=^|,|//)(?![/.]|[A-Za-z0-9+.-]+://)[^,\s"']+@""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Credentials();
}
