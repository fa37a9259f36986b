using System.ComponentModel.DataAnnotations;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>The answer's first byte comes late, though the request has had its effect, or before it has.</summary>
public sealed record SlowFirstByte : HttpFault
{
    [Range(0, 3_600_000)]
    public int DelayMs { get; init; } = 1000;

    public Moment When { get; init; } = Moment.After;

    internal override Task InvokeAsync(HttpContext http, RequestDelegate next, TimeProvider time)
    {
        if (When == Moment.Before)
        {
            return WaitAndServeAsync(http, next, time);
        }

        http.Response.OnStarting(() => WaitAsync(http, time));
        return next(http);
    }

    private async Task WaitAndServeAsync(HttpContext http, RequestDelegate next, TimeProvider time)
    {
        await WaitAsync(http, time);
        await next(http);
    }

    private Task WaitAsync(HttpContext http, TimeProvider time) =>
        Task.Delay(TimeSpan.FromMilliseconds(DelayMs), time, http.RequestAborted);
}
