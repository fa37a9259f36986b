namespace AkkaComfy.ComfyUI;

/// <summary>Makes the connections that clients and sockets of any number of instances share.</summary>
public static class ComfyTransport
{
    /// <summary>The server closes an idle connection after 75 s: we go first, lest a request meet the end.</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(60);

    /// <summary>The caller disposes it, after everything that uses it.</summary>
    public static HttpMessageInvoker Create(TimeSpan? connectTimeout = null) => new(new SocketsHttpHandler
    {
        ConnectTimeout = connectTimeout ?? TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = IdleConnection,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        Expect100ContinueTimeout = TimeSpan.FromSeconds(3), // only lost where something between ignores the question
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false, // instances are machines of our own; a proxy from the environment is for the outside
    });
}
