namespace AkkaComfy.ComfyUI;

/// <summary>Limits of time and size for the sockets to one instance.</summary>
public sealed record ComfySocketOptions
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For the server's half of a clean close; past it the connection is dropped.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause between our pings: the server sends none.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the answer to a ping.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of one message in memory, in bytes; a larger one is read to its end and reported as unknown.</summary>
    public int MaxMessageBytes { get; init; } = 8 << 20;

    /// <summary>Of one string in a message, in bytes; longer ones are cut.</summary>
    public int MaxStringBytes { get; init; } = 64 << 10;

    /// <summary>How many messages wait for a slow listener.</summary>
    public int BufferedMessages { get; init; } = 1024;
}
