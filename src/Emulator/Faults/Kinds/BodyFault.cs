using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A fault of the answer's body, of which a part arrives.</summary>
public abstract record BodyFault : HttpFault
{
    private protected BodyFault()
    {
    }

    /// <summary>The part of the body that is sent.</summary>
    [Range(0.0, 1.0)]
    public double Share { get; init; } = 0.5;

    internal override async Task InvokeAsync(HttpContext http, RequestDelegate next, TimeProvider time)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            await next(http);
            return;
        }

        var body = await CapturedResponse.OfAsync(http, next);
        await SendAsync(http, body, (int)(body.Length * Share));
    }

    /// <param name="sent">How many bytes of <paramref name="body"/> to send.</param>
    private protected abstract Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body, int sent);
}
