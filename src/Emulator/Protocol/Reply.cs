using System.Text;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>Answers in the shapes that ComfyUI's web server gives them.</summary>
internal static class Reply
{
    public static Task Json(HttpContext http, JsonNode body, int status = StatusCodes.Status200OK) =>
        Json(http, Protocol.Json.Bytes(body), status);

    public static Task Json(HttpContext http, ReadOnlyMemory<byte> body, int status = StatusCodes.Status200OK) =>
        Send(http, status, "application/json; charset=utf-8", body);

    public static Task Empty(HttpContext http, int status = StatusCodes.Status200OK) =>
        Send(http, status, "application/octet-stream", ReadOnlyMemory<byte>.Empty);

    public static Task Text(HttpContext http, int status, string text) =>
        Send(http, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static Task Trouble(HttpContext http)
    {
        http.Response.Headers.Connection = "close";
        return Text(
            http,
            StatusCodes.Status500InternalServerError,
            "500 Internal Server Error\n\nServer got itself in trouble");
    }

    private static async Task Send(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
