using System.Net;
using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host.Http;

/// <summary>Lets in only who asks from this very machine, and under its local name.</summary>
/// <remarks>
/// A proxy here speaks for others, who are not let in by it as long as it says that it is one; and a page on the web that makes its own name mean this
/// machine gives itself away by the name it asks for.
/// </remarks>
internal static class LoopbackOnly
{
    private static readonly string[] Forwarding = ["Forwarded", "Via", "X-Real-IP"];

    public static async ValueTask<object?> FilterAsync(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        IsLocal(invocation.HttpContext)
            ? await next(invocation)
            : new ProblemResult(new Problem(
                StatusCodes.Status403Forbidden, "loopback_only",
                "This is possible only from the machine of the service itself, by 127.0.0.1 or localhost."));

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
        && IsLocal(context.Request.Host.Host)
        && !context.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || Forwarding.Contains(header, StringComparer.OrdinalIgnoreCase);

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
