using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host.Http;

/// <summary>Keeps pages of other sites from changing anything here through the browser of somebody who may.</summary>
/// <remarks>
/// The service asks nobody who he is and often listens on the loopback address of somebody who surfs. Browsers say where
/// a request comes from (<c>Sec-Fetch-Site</c>), and pages cannot make them say otherwise; programs say nothing.
/// </remarks>
internal static class CrossSiteGuard
{
    public static Task PassAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Headers["Sec-Fetch-Site"] == "cross-site" && Changes(context.Request.Method)
            ? ProblemResult.WriteAsync(context, new Problem(
                StatusCodes.Status403Forbidden, "cross_site",
                "A page of another site may not ask for this; call the service from a program, or from its own pages."))
            : next(context);

    private static bool Changes(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
}
