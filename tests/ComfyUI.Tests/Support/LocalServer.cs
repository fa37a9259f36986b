using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.ComfyUI.Tests;

/// <summary>A web server of the test's own, with the client's ends to it.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _invoker = ComfyTransport.Create();

    private LocalServer(WebApplication app)
    {
        _app = app;
        Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public string Url { get; }

    public static async Task<LocalServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync();
        return new LocalServer(app);
    }

    public ComfyClient Client(ComfyClientOptions? options = null, TimeProvider? time = null, string? url = null) => new(
        ComfyEndpoint.Parse(url ?? Url),
        _invoker,
        options ?? new ComfyClientOptions { RetryDelay = TimeSpan.Zero },
        time ?? TimeProvider.System);

    public ComfyConnector Connector(
        ComfySocketOptions? options = null, TimeProvider? time = null, string? url = null) => new(
        ComfyEndpoint.Parse(url ?? Url),
        _invoker,
        options ?? new ComfySocketOptions(),
        time ?? TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        _invoker.Dispose();
        await _app.DisposeAsync();
    }
}
