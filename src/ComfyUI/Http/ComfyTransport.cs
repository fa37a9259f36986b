namespace AkkaComfy.ComfyUI;

/// <summary>Makes the connections that clients and sockets of any number of instances share.</summary>
public static class ComfyTransport
{
    /// <summary>The server closes an idle connection after 75 s: we go first, lest a request meet the end.</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(60);

    /// <summary>Says of each call of a client which instance it is for, by the id of its endpoint.</summary>
    public static readonly HttpRequestOptionsKey<string> Instance = new("comfyui.instance");

    /// <summary>The caller disposes it, after everything that uses it.</summary>
    /// <param name="through">What every call passes on its way out; disposed with the rest.</param>
    public static HttpMessageInvoker Create(DelegatingHandler? through = null)
    {
        if (through is null)
        {
            return new HttpMessageInvoker(Sockets());
        }

        through.InnerHandler = Sockets();
        return new HttpMessageInvoker(through);
    }

    private static SocketsHttpHandler Sockets() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = IdleConnection,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        Expect100ContinueTimeout = TimeSpan.FromSeconds(3), // only lost where something between ignores the question
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false, // instances are machines of our own; a proxy from the environment is for the outside
    };
}
