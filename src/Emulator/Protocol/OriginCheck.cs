using System.Net;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>Keeps web pages of other origins out, but only where the Host is loopback: ComfyUI's own rule.</summary>
internal static class OriginCheck
{
    public static bool IsForeign(HttpRequest request)
    {
        var host = request.Host;
        if (!request.Headers.TryGetValue("Origin", out var header) || !IsLoopback(host.Host))
        {
            return false;
        }

        var text = header.ToString();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var origin) || origin.Host.Length == 0)
        {
            return false;
        }

        // A port left out on either side is not compared.
        var originNamesPort = text.Contains($"{origin.Host}:{origin.Port}", StringComparison.OrdinalIgnoreCase);
        var samePort = host.Port is null || !originNamesPort || host.Port == origin.Port;
        return !samePort || !string.Equals(origin.Host, host.Host, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
