using Microsoft.Net.Http.Headers;

namespace AkkaComfy.Host.Http;

/// <summary>How a client wants to be served: now or later, as JSON or as the image itself.</summary>
internal sealed record Preferences(bool Async, bool Binary)
{
    public static Try<Preferences> Of(HttpRequest request)
    {
        var flag = Word(request, "async");
        var mode = Word(request, "mode");
        var format = Word(request, "format");
        if (flag is not (null or "true" or "false" or "1" or "0"))
        {
            return Query.Bad("async", flag, "true or false");
        }

        if (mode is not (null or "async" or "sync"))
        {
            return Query.Bad("mode", mode, "async or sync");
        }

        if (format is not (null or "binary" or "json"))
        {
            return Query.Bad("format", format, "binary or json");
        }

        return new Preferences(
            flag is "true" or "1" || mode is "async", format is "binary" || (format is null && PrefersImage(request)));
    }

    /// <summary>A graph of the client's own is run now only when <c>?sync=true</c> or <c>?mode=sync</c> asks for it.</summary>
    public static Try<Preferences> OfPrompt(HttpRequest request)
    {
        var sync = Word(request, "sync");
        if (sync is not (null or "true" or "false" or "1" or "0"))
        {
            return Query.Bad("sync", sync, "true or false");
        }

        return Of(request).Failed(out var problem, out var general)
            ? problem
            : general with { Async = general.Async || !(sync is "true" or "1" || Word(request, "mode") is "sync") };
    }

    /// <summary>The <c>Accept</c> header names an image type and ranks it above JSON; on a draw it is JSON.</summary>
    private static bool PrefersImage(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var (image, json) = (0.0, 0.0);
        foreach (var range in accepted)
        {
            var quality = range.Quality ?? 1.0;
            if (range.Type.Equals("image", StringComparison.OrdinalIgnoreCase))
            {
                image = Math.Max(image, quality);
            }
            else if (range.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
            {
                json = Math.Max(json, quality);
            }
        }

        return image > json;
    }

    private static string? Word(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) ? values.ToString().ToLowerInvariant() : null;
}
