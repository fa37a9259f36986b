using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>Where a service is: a URL, perhaps with a base path and credentials, which are never shown.</summary>
internal sealed record ServiceAddress
{
    private ServiceAddress(Uri given)
    {
        Base = new UriBuilder(given)
        {
            UserName = "", Password = "", Query = "", Fragment = "", Path = $"{given.AbsolutePath.TrimEnd('/')}/",
        }.Uri;
        Credentials = given.UserInfo.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
                Encoding.UTF8.GetBytes(Uri.UnescapeDataString(given.UserInfo))));
    }

    public Uri Base { get; }

    public AuthenticationHeaderValue? Credentials { get; }

    public static ServiceAddress Of(Uri given) => new(given);

    /// <param name="text"><c>host:port</c>, or an http or https URL.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServiceAddress? address)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        address = Uri.TryCreate(full, UriKind.Absolute, out var uri)
            && uri is { Scheme: "http" or "https", Host.Length: > 0 }
            ? new ServiceAddress(uri)
            : null;
        return address is not null;
    }

    /// <summary>As people write it.</summary>
    public override string ToString() => Base.ToString().TrimEnd('/');
}
