using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;

namespace AkkaComfy.Host.Uploads.Links;

/// <summary>Speaks HTTP to strangers: no proxy, no cookies, no credentials, and only to addresses that were checked.</summary>
/// <remarks>
/// The name is resolved and the address checked in the same step that connects to it, for every connection: whatever a name
/// server says to anybody else, or a moment later, plays no part.
/// </remarks>
internal sealed class LinkTransport(IAddressCheck check) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = 8,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        ActivityHeadersPropagator = null,
        MeterFactory = Unwatched.Instance,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(check, context.DnsEndPoint, cancellationToken),
    });

    /// <returns>The answer, its body not yet read.</returns>
    public async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("image/png, image/jpeg, image/webp");
        request.Headers.UserAgent.ParseAdd("AkkaComfy");
        return await _http.SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Hosts that clients choose would each be a time series: what is measured of them, nobody listens to.</summary>
    private sealed class Unwatched : IMeterFactory
    {
        private readonly Meter _meter = new("AkkaComfy.Unwatched");

        public static Unwatched Instance { get; } = new();

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(
        IAddressCheck check, DnsEndPoint host, CancellationToken cancellationToken)
    {
        // The resolver throws on an unspecified address instead of returning it to be checked.
        var addresses = IPAddress.TryParse(host.Host, out var literal)
            ? [literal]
            : await check.ResolveAsync(host.Host, cancellationToken);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, check.Allows))
        {
            throw new ForbiddenAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to an address that the service does not connect to.</summary>
internal sealed class ForbiddenAddressException() : IOException("the host is not on the public internet");
