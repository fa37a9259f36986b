using System.Diagnostics;

namespace AkkaComfy.Host.Telemetry;

/// <summary>The span of the request under way.</summary>
internal static class RequestTrace
{
    /// <summary>A W3C <c>traceparent</c>; null where the request is not recorded.</summary>
    public static string? Parent =>
        Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } request ? request.Id : null;

    /// <summary>Says of the span what ASP.NET Core does not: its route, which names it, and how it was answered.</summary>
    /// <remarks>What orchestrators and scrapers ask every few seconds is not recorded.</remarks>
    public static Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        if (Activity.Current is not { IsAllDataRequested: true } request)
        {
            return next(context);
        }

        var path = context.Request.Path;
        if (path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics"))
        {
            request.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return next(context);
        }

        return DescribedAsync(request, context, next);
    }

    private static async Task DescribedAsync(Activity request, HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            request.DisplayName = $"{context.Request.Method} {route}";
            request.SetTag("http.route", route);
        }

        var status = context.Response.StatusCode;
        request.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            request.SetStatus(ActivityStatusCode.Error);
        }
    }
}
