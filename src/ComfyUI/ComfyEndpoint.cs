using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace AkkaComfy.ComfyUI;

/// <summary>Where one ComfyUI instance is reached, and with which credentials, which it never shows.</summary>
public sealed record ComfyEndpoint
{
    private const int DefaultPort = 8188;
    private const string Accepted = "host:port, or an http or https URL with an optional base path and user info";

    private readonly Uri _base;

    private ComfyEndpoint(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        var host = address.HostNameType is UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        _base = new Uri($"{address.Scheme}://{host}:{address.Port}{path}/");
        Authorization = Credentials(address.UserInfo);
        Host = $"{host}:{address.Port}{path}";
        Id = Slug(Host);
    }

    /// <summary>"host:port", or with a base path a slug of it: valid as the name of an actor and in a URL.</summary>
    public string Id { get; }

    /// <summary>Host, port and base path for people; no credentials.</summary>
    public string Host { get; }

    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>Reads an address; <paramref name="useSsl"/> holds only where it names no scheme.</summary>
    /// <exception cref="FormatException">The message says what is wrong, without showing credentials.</exception>
    public static ComfyEndpoint Parse(string text, bool useSsl = false) =>
        TryParse(text, useSsl, out var endpoint, out var error) ? endpoint : throw new FormatException(error);

    public static bool TryParse(
        string? text,
        bool useSsl,
        [NotNullWhen(true)] out ComfyEndpoint? endpoint,
        [NotNullWhen(false)] out string? error)
    {
        endpoint = null;
        error = Problem(text?.Trim() ?? "", useSsl, out var address);
        if (error is not null)
        {
            return false;
        }

        endpoint = new ComfyEndpoint(address!);
        return true;
    }

    /// <summary>The address of a route below the base path.</summary>
    public Uri HttpUri(string path, string query = "") =>
        new(_base, $"./{path.TrimStart('/')}{(query.Length > 0 ? "?" + query : "")}");

    /// <summary>The address of the socket on which <paramref name="clientId"/> is told of its prompts.</summary>
    public Uri WebSocketUri(string clientId) =>
        new UriBuilder(HttpUri("ws", $"clientId={Uri.EscapeDataString(clientId)}"))
        {
            Scheme = _base.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        }.Uri;

    public bool Equals(ComfyEndpoint? other) =>
        other is not null && _base == other._base && Equals(Authorization, other.Authorization);

    public override int GetHashCode() => _base.GetHashCode();

    public override string ToString() => _base.AbsoluteUri;

    private static string? Problem(string text, bool useSsl, out Uri? address)
    {
        address = null;
        if (text.Length == 0)
        {
            return $"An instance's address is empty; expected {Accepted}.";
        }

        var named = text.Contains("://", StringComparison.Ordinal);
        var full = named ? text : $"{(useSsl ? "https" : "http")}://{text}";
        if (!Uri.TryCreate(full, UriKind.Absolute, out address) || address.Host.Length == 0)
        {
            return $"'{Redacted(text)}' is no address of an instance; expected {Accepted}.";
        }

        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            return $"'{Redacted(text)}' has the scheme '{address.Scheme}'; expected http or https.";
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return $"'{Redacted(text)}' has a query or fragment; expected {Accepted}.";
        }

        if (address.Port is < 1 or > 65535)
        {
            return $"'{Redacted(text)}' has the port {address.Port}; expected 1 to 65535.";
        }

        if (!named && !NamesPort(full))
        {
            address = new UriBuilder(address) { Port = DefaultPort }.Uri;
        }

        return null;
    }

    private static bool NamesPort(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.IndexOf('/', start);
        var authority = end < 0 ? url[start..] : url[start..end];
        return authority.LastIndexOf(':') > Math.Max(authority.LastIndexOf('@'), authority.LastIndexOf(']'));
    }

    private static string Redacted(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 0)
        {
            return text;
        }

        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? "" : text[..(scheme + 3)]) + "***" + text[at..];
    }

    private static AuthenticationHeaderValue? Credentials(string userInfo) => userInfo.Length == 0
        ? null
        : new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo))));

    private static string Slug(string host)
    {
        var slug = new StringBuilder(host.Length);
        foreach (var c in host)
        {
            slug.Append(c switch
            {
                '/' => "~",
                '[' or ']' => "",
                _ when char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '-' or '_' => c.ToString(),
                _ => "-",
            });
        }

        return slug.ToString();
    }
}
