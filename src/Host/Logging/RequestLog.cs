namespace AkkaComfy.Host.Logging;

/// <summary>Writes one line per request: what was asked and answered, and how long it took. No bodies.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    private const int LongestText = 200;

    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        using (logger.BeginScope(RequestScope.Begin(context)))
        {
            await next(context);
            var request = context.Request;
            object size = context.Response.ContentLength is { } length ? length : "-";
            Log(
                LevelFor(context), request.Method, Printable(request.Path), context.Response.StatusCode,
                time.GetElapsedTime(start).TotalMilliseconds, size, Printable(request.Headers.UserAgent));
        }
    }

    /// <summary>Probes and scrapes come every few seconds and say nothing as long as they succeed.</summary>
    private static LogLevel LevelFor(HttpContext context) =>
        context.Response.StatusCode < 400
            && (context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/metrics"))
            ? LogLevel.Debug
            : LogLevel.Information;

    /// <summary>A client's text may neither end the line nor flood it.</summary>
    private static string Printable(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "-";
        }

        var cut = text.Length > LongestText ? text[..LongestText] : text;
        return cut.Any(char.IsControl)
            ? string.Create(cut.Length, cut, (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.IsControl(from[i]) ? '?' : from[i];
                }
            })
            : cut;
    }

    [LoggerMessage("{Method} {Path} {Status} in {Duration:0.0} ms, {Size} bytes, {UserAgent}")]
    private partial void Log(
        LogLevel level, string method, string path, int status, double duration, object size, string userAgent);
}
