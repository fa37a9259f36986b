using System.Collections.Immutable;

namespace AkkaComfy.Host.Settings;

/// <summary>From which hosts the service may fetch images that clients only name.</summary>
/// <param name="Hosts">Names, or patterns such as <c>*.example.com</c>; null for any host.</param>
public sealed record LinkRules(bool Allowed, ImmutableArray<string>? Hosts)
{
    private const string Key = "ALLOW_IMAGE_URLS";
    private const string AnyOf = "*.";

    /// <summary>Beside names of hosts they were hardly meant as such.</summary>
    private static readonly string[] Words = ["true", "false", "yes", "no", "on", "off"];

    public static LinkRules None { get; } = new(false, null);

    /// <param name="host">As an address names it, without a port.</param>
    public bool Allow(string host) => Allowed && (Hosts is not { } hosts || hosts.Any(known => Covers(known, host)));

    internal static LinkRules Read(SettingsReader reader)
    {
        switch (reader.Find(Key)?.ToLowerInvariant())
        {
            case null or "false" or "0" or "no" or "off":
                return None;
            case "true" or "1" or "yes" or "on":
                return new LinkRules(true, null);
            case { } text:
                ImmutableArray<string> hosts = [.. text.Split(',', StringSplitOptions.TrimEntries)];
                foreach (var host in hosts.Where(host => !IsGood(host)))
                {
                    reader.Refuse(
                        Key, host, "true, false, or names of hosts with commas between: example.com, *.example.com");
                }

                return new LinkRules(true, hosts);
        }
    }

    /// <summary>A pattern covers all names below its own, but not that itself.</summary>
    private static bool Covers(string known, string host) => known.StartsWith(AnyOf, StringComparison.Ordinal)
        ? host.Length > known.Length - 1 && host.EndsWith(known[1..], StringComparison.OrdinalIgnoreCase)
        : known.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static bool IsGood(string host)
    {
        var name = host.StartsWith(AnyOf, StringComparison.Ordinal) ? host[AnyOf.Length..] : host;
        return !Words.Contains(name, StringComparer.OrdinalIgnoreCase) && Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4;
    }
}
