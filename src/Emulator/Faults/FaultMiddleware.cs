using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator.Faults;

/// <summary>Lets the plan's HTTP faults befall requests, the first rule outermost.</summary>
internal sealed class FaultMiddleware(FaultPlan plan, TimeProvider time, WallClock clock)
{
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments(FaultEndpoints.Root))
        {
            return next(http);
        }

        if (clock.IsWrong)
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.Date = clock.GetUtcNow().ToString("R");
                return Task.CompletedTask;
            });
        }

        var served = next;
        foreach (var fault in plan.Striking<HttpFault>(fault => fault.Matches(http.Request)).Reverse())
        {
            var inner = served;
            served = context => fault.InvokeAsync(context, inner, time);
        }

        return served(http);
    }
}
