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
        if (When == Moment.After)
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
