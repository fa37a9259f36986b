namespace AkkaComfy.ComfyUI;

/// <summary>Limits of time and size for the calls to one instance.</summary>
public sealed record ComfyClientOptions
{
    /// <summary>For the probe, all in all.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>For a look at queue or history, a deletion there, an interrupt: what a server answers within milliseconds.</summary>
    public TimeSpan LookTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>For each attempt of any other small call.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For sending a prompt with its inputs, or an upload.</summary>
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the longest time in which a server takes nothing of a prompt or upload, and answers nothing.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For the longest silence while an output is fetched.</summary>
    public TimeSpan DownloadIdleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a repeatable call is tried again.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The median pause before the first repetition; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Of an answer on the wire, in bytes; embedded base64 inputs included.</summary>
    public long MaxAnswerBytes { get; init; } = 1L << 30;

    /// <summary>Of an answer in memory, in bytes; embedded base64 inputs excluded.</summary>
    public int MaxKeptBytes { get; init; } = 64 << 20;

    /// <summary>Of one string in an answer, in bytes; longer ones are cut.</summary>
    public int MaxStringBytes { get; init; } = 64 << 10;
}
