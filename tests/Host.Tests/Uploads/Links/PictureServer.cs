using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Host.Tests.Uploads.Links;

/// <summary>Somebody else's server, on this machine: it has a picture, leads elsewhere, and misbehaves.</summary>
internal sealed class PictureServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PictureServer(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What was sent of credentials, cookies and the like.</summary>
    public ConcurrentQueue<string> Secrets { get; } = [];

    public string At(string path, string host = "127.0.0.1") => $"http://{host}:{new Uri(_app.Urls.First()).Port}{path}";

    public static async Task<PictureServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new PictureServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.SetResult();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        Asked.Enqueue(request.Path.Value!);
        foreach (var name in (string[])["Authorization", "Cookie", "Referer", "traceparent", "Request-Id"])
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                Secrets.Enqueue($"{name}: {value}");
            }
        }

        switch (request.Path.Value)
        {
            case "/cat.png":
                await response.Body.WriteAsync(RepositoryFiles.Sample("cat.png"));
                break;
            case "/closes":
                response.Headers.Connection = "close";
                await response.WriteAsync("bye");
                break;
            case "/loop":
                response.Redirect("/loop");
                break;
            case "/to":
                response.Redirect(request.Query["it"].ToString());
                break;
            case "/text":
                await response.WriteAsync(new string('x', 1000));
                break;
            case "/endless":
                await SendEndlesslyAsync(response, context.RequestAborted);
                break;
            case "/stalls":
                await response.Body.WriteAsync(RepositoryFiles.Sample("cat.png").AsMemory(0, 100));
                await response.Body.FlushAsync();
                await _goOn.Task;
                break;
            case "/breaks":
                response.ContentLength = 1000;
                await response.Body.WriteAsync(new byte[10]);
                context.Abort();
                break;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    /// <summary>An image whose data never ends.</summary>
    private static async Task SendEndlesslyAsync(HttpResponse response, CancellationToken hungUp)
    {
        await response.Body.WriteAsync(ImageFiles.Jpeg(640, 427).AsMemory()[..^2], hungUp);
        var zeros = new byte[64 * 1024];
        while (!hungUp.IsCancellationRequested)
        {
            await response.Body.WriteAsync(zeros, hungUp);
        }
    }
}
