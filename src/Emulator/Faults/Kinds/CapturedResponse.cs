using Microsoft.AspNetCore.Http.Features;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>Runs a request to its end while nothing of the response leaves but into memory.</summary>
internal static class CapturedResponse
{
    /// <summary>The body; status and headers stand in the response, still to be sent.</summary>
    public static async Task<ReadOnlyMemory<byte>> OfAsync(HttpContext http, RequestDelegate next)
    {
        var real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        try
        {
            await next(http);
        }
        finally
        {
            http.Features.Set(real);
        }

        return body.ToArray();
    }
}
