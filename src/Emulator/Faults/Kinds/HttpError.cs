using System.ComponentModel.DataAnnotations;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>An error status, with or without the request's effect: a prompt may be queued nevertheless.</summary>
public sealed record HttpError : HttpFault
{
    [Range(400, 599)]
    public int Status { get; init; } = StatusCodes.Status500InternalServerError;

    public Moment When { get; init; } = Moment.Before;

    internal override async Task InvokeAsync(HttpContext http, RequestDelegate next, TimeProvider time)
    {
        // A socket has its effect for as long as it is open: there is no after.
        if (When == Moment.After && !http.WebSockets.IsWebSocketRequest)
        {
            await CapturedResponse.OfAsync(http, next);
            http.Response.Clear();
        }

        if (Status == StatusCodes.Status500InternalServerError)
        {
            await Reply.Trouble(http);
        }
        else
        {
            await Reply.Text(http, Status, $"{Status}: a fault of the plan");
        }
    }
}
