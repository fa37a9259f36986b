namespace AkkaComfy.Messages;

/// <summary>Whose fault a failure is; decides whether a job is retried and whether a circuit counts it.</summary>
public enum Blame
{
    /// <summary>The request itself: it would fail anywhere.</summary>
    Client,

    /// <summary>The worker, for this job only: worth one try on another instance.</summary>
    WorkerThisJob,

    /// <summary>The worker as a whole: requeued while attempts remain; counts against its circuit.</summary>
    Worker,

    /// <summary>The deadline passed and the worker stopped when told to.</summary>
    Timeout,

    /// <summary>Somebody else interrupted it: requeued without charging an attempt.</summary>
    Interrupted,

    /// <summary>The way to the worker: treated as <see cref="Worker"/>.</summary>
    Network,

    /// <summary>This service: a bug.</summary>
    Us,
}

/// <summary>Why an attempt or a job failed.</summary>
/// <param name="Code">A stable snake_case word, as clients see it.</param>
/// <param name="Message">One sentence; ComfyUI's own words where it spoke.</param>
public sealed record JobError(string Code, Blame Blame, string Message)
{
    public string? NodeId { get; init; }

    public string? NodeType { get; init; }

    public string? ExceptionType { get; init; }

    public InstanceId? Instance { get; init; }

    /// <summary>The worker process or its worker thread died during the attempt; two such instances make a job poison.</summary>
    public bool WorkerDied { get; init; }

    /// <summary>False when the attempt never reached the worker or was ended by a stranger: it costs the job nothing.</summary>
    public bool ChargesAttempt { get; init; } = true;
}
