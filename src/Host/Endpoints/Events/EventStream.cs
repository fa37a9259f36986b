using AkkaComfy.Host.Events;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaComfy.Host.Endpoints.Events;

/// <summary>An answer that goes on for as long as there is something to tell, or until the service leaves.</summary>
/// <param name="listening">Owned by this: a client can be gone before anything is told. Null for none.</param>
internal sealed class EventStream(
    EventSubscription? listening, Func<EventWriter, Task> tell, TimeProvider time, CancellationToken leaving) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var owned = listening;
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        // No proxy may keep it, change it, or gather it up before it passes it on.
        response.Headers.CacheControl = "no-store, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var gone = httpContext.RequestAborted;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone, leaving);
        var writer = new EventWriter(response.BodyWriter, time, over.Token, gone);
        try
        {
            writer.Write("retry: 2000\n\n"u8);
            await writer.FlushAsync();
            await tell(writer);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The client is gone; or it finds the next process, and says what it heard last.
        }
    }
}
