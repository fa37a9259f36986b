using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>Reads request bodies as leniently as ComfyUI does: whatever the content type says, gzip or not.</summary>
internal static class RequestBody
{
    /// <exception cref="JsonException">Not JSON; ComfyUI answers 500.</exception>
    /// <exception cref="BodyTooLargeException">Over the limit; ComfyUI answers 413.</exception>
    public static async Task<JsonNode?> ReadJsonAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        // Not until the client goes: what has arrived in full counts, though nobody waits for the answer any more.
        await Decoded(http.Request).CopyToAsync(buffer, CancellationToken.None);
        return JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static Stream Decoded(HttpRequest request) => request.Headers.ContentEncoding.ToString() switch
    {
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
        _ => request.Body,
    };
}
