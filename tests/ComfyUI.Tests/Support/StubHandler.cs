using System.Net;
using System.Text;

namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Answers requests in the process, having read them to the end, and remembers them.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<Uri> _requests = [];

    public StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public IReadOnlyList<Uri> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public ComfyClient Client(ComfyClientOptions? options = null, TimeProvider? time = null) => new(
        ComfyEndpoint.Parse("gpu:8188"),
        new HttpMessageInvoker(this),
        options ?? new ComfyClientOptions { RetryDelay = TimeSpan.Zero },
        time ?? TimeProvider.System);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _requests.Add(request.RequestUri!);
        }

        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(Stream.Null, cancellationToken);
        }

        return await answer(request, cancellationToken);
    }
}
