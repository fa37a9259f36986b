using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Host.Tests.Commands.Support;

/// <summary>Stands in for a service, and answers as a test says.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandIn(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<StandIn> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new StandIn(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
