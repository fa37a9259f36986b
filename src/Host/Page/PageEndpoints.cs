using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace AkkaComfy.Host.Page;

/// <summary>The live page for people: what the fleet and its jobs do, drawn from the stream of events.</summary>
/// <remarks>Its files are part of the program, so that it works offline and fits the service that serves it.</remarks>
internal static class PageEndpoints
{
    /// <summary>The page loads nothing from elsewhere, and runs nothing that is not a file of its own.</summary>
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly ImmutableArray<(string Route, string File, string MediaType)> Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/page/page.css", "page.css", "text/css; charset=utf-8"),
        ("/page/page.js", "page.js", "text/javascript; charset=utf-8"),
        ("/page/stream.js", "stream.js", "text/javascript; charset=utf-8"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (route, file, mediaType) in Files)
        {
            var bytes = Read(file);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
            routes.MapGet(route, (HttpResponse response) =>
            {
                response.Headers.CacheControl = "no-cache";
                response.Headers.ContentSecurityPolicy = Policy;
                return Results.Bytes(bytes, mediaType, entityTag: tag);
            }).ExcludeFromDescription();
        }
    }

    private static byte[] Read(string file)
    {
        using var resource = typeof(PageEndpoints).Assembly.GetManifestResourceStream($"Page/{file}")
            ?? throw new InvalidOperationException($"The program was built without its page's file {file}.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
