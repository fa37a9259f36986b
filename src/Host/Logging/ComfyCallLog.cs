using AkkaComfy.ComfyUI;

namespace AkkaComfy.Host.Logging;

/// <summary>Tells of each call to an instance, at level debug. No bodies, no queries, no credentials.</summary>
internal sealed partial class ComfyCallLog(ILoggerFactory logs, TimeProvider time) : DelegatingHandler
{
    private readonly ILogger _log = logs.CreateLogger("ComfyUI");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_log.IsEnabled(LogLevel.Debug))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var start = time.GetTimestamp();
        var (method, uri) = (request.Method.Method, request.RequestUri!);
        var instance = request.Options.TryGetValue(ComfyTransport.Instance, out var id) ? id : uri.Authority;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            LogAnswered(method, uri.AbsolutePath, instance, (int)response.StatusCode, Since(start));
            return response;
        }
        catch (Exception failure)
        {
            LogFailed(method, uri.AbsolutePath, instance, failure.Message, Since(start));
            throw;
        }
    }

    private double Since(long start) => time.GetElapsedTime(start).TotalMilliseconds;

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} on {Instance}: {Status} in {Duration:0.0} ms")]
    private partial void LogAnswered(string method, string path, string instance, int status, double duration);

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} on {Instance}: {Reason} after {Duration:0.0} ms")]
    private partial void LogFailed(string method, string path, string instance, string reason, double duration);
}
