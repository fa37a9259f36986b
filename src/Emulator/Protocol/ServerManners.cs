namespace AkkaComfy.Emulator.Protocol;

/// <summary>
/// What ComfyUI's web server does around every request: limits, errors, OPTIONS, wrong methods and paths.
/// </summary>
internal sealed class ServerManners(EmulatorOptions options)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.Server = "comfyui-emulator";
        http.Request.Body = new LimitedStream(http.Request.Body, options.MaxUploadBytes);
        try
        {
            if (options.Version.ChecksOrigin && OriginCheck.IsForeign(http.Request))
            {
                await Reply.Empty(http, StatusCodes.Status403Forbidden);
            }
            else if (HttpMethods.IsOptions(http.Request.Method))
            {
                await Reply.Empty(http);
            }
            else
            {
                await next(http);
            }

            if (!http.Response.HasStarted)
            {
                await ExplainAsync(http);
            }
        }
        catch (BodyTooLargeException e)
        {
            await Reply.Text(http, StatusCodes.Status413PayloadTooLarge, e.Message);
        }
        catch (Exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await Reply.Trouble(http);
        }
    }

    /// <summary>A page that only takes POST looks to GET as if it did not exist.</summary>
    private static Task ExplainAsync(HttpContext http)
    {
        var allowed = http.Response.Headers.Allow.ToString();
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status405MethodNotAllowed when !reads:
                http.Response.Headers.Allow = allowed.Replace(" ", "", StringComparison.Ordinal);
                return Reply.Text(http, StatusCodes.Status405MethodNotAllowed, "405: Method Not Allowed");
            case StatusCodes.Status405MethodNotAllowed:
                http.Response.Headers.Remove("Allow");
                return Reply.Text(http, StatusCodes.Status404NotFound, "404: Not Found");
            case StatusCodes.Status404NotFound when http.GetEndpoint() is null && !reads:
                // Whatever is not there could be a file to read.
                http.Response.Headers.Allow = "GET,HEAD";
                return Reply.Text(http, StatusCodes.Status405MethodNotAllowed, "405: Method Not Allowed");
            case StatusCodes.Status404NotFound when http.GetEndpoint() is null:
                return Reply.Text(http, StatusCodes.Status404NotFound, "404: Not Found");
            default:
                return Task.CompletedTask;
        }
    }
}
