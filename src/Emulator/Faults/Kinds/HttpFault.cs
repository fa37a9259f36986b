namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A fault of single HTTP requests; never of those to the emulator's own control paths.</summary>
public abstract record HttpFault : EventFault
{
    private protected HttpFault()
    {
    }

    /// <summary>
    /// A path, without /api and without the query; one that ends in * stands for all that begin so. Null: any.
    /// </summary>
    public string? Route { get; init; }

    /// <summary>Null: any.</summary>
    public string? Method { get; init; }

    internal bool Matches(HttpRequest request) =>
        (Method is null || string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && PathOf(request) is var path
        && Concerns(path)
        && (Route is null || Covers(Route, path));

    /// <summary>Whether a path is one that this kind of fault can befall at all.</summary>
    internal virtual bool Concerns(string path) => true;

    /// <summary>Serves the request, or does not.</summary>
    /// <param name="next">Serves it as if there were no fault.</param>
    internal abstract Task InvokeAsync(HttpContext http, RequestDelegate next, TimeProvider time);

    private static string PathOf(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", out var rest) && rest.HasValue ? rest.Value : request.Path.Value ?? "";

    private static bool Covers(string route, string path) => route.EndsWith('*')
        ? path.StartsWith(route[..^1], StringComparison.Ordinal)
        : path == route;
}
