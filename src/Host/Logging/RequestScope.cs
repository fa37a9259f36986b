using System.Collections;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Logging;

/// <summary>What every line of a request carries: its id, and the job or instance that it turns out to concern.</summary>
internal sealed class RequestScope(string requestId) : IEnumerable<KeyValuePair<string, object>>
{
    private const int LongestName = 200;

    private volatile string? _job;
    private volatile string? _instance;

    /// <summary>Begins with the request; its routing tells the rest.</summary>
    public static RequestScope Begin(HttpContext context)
    {
        var scope = new RequestScope(context.TraceIdentifier);
        context.Features.Set(scope);
        return scope;
    }

    /// <summary>Reads from the route which job or instance a request is about.</summary>
    public static Task RoutedAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<RequestScope>() is { } scope && context.Request.RouteValues["id"] is string id)
        {
            if (context.Request.Path.StartsWithSegments("/api/instances"))
            {
                scope._instance = id.Length > LongestName ? id[..LongestName] : id;
            }
            else if (JobId.TryParse(id, out var job))
            {
                scope._job = job.ToString();
            }
        }

        return next(context);
    }

    public static void Concerns(HttpContext context, JobId job)
    {
        if (context.Features.Get<RequestScope>() is { } scope)
        {
            scope._job = job.ToString();
        }
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
    {
        yield return KeyValuePair.Create<string, object>("RequestId", requestId);
        if (_job is { } job)
        {
            yield return KeyValuePair.Create<string, object>("JobId", job);
        }

        if (_instance is { } instance)
        {
            yield return KeyValuePair.Create<string, object>("Instance", instance);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
