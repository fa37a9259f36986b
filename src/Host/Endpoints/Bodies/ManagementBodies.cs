using System.Text.Json.Serialization;

namespace AkkaComfy.Host.Endpoints.Bodies;

/// <summary>Everything about one job: its status, and what it was given, went through and made.</summary>
internal sealed record JobInfoBody : StatusBody
{
    public JobInfoBody(StatusBody status)
        : base(status)
    {
    }

    [JsonPropertyOrder(1)]
    public required int Priority { get; init; }

    [JsonPropertyOrder(1)]
    public required bool CancelRequested { get; init; }

    /// <summary>When an ended job and its files will be gone, or are; null for an unfinished one.</summary>
    [JsonPropertyOrder(1)]
    public required DateTime? ExpiresAt { get; init; }

    /// <summary>Empty once expired.</summary>
    [JsonPropertyOrder(1)]
    public required Dictionary<string, JobInputBody> Inputs { get; init; }

    [JsonPropertyOrder(1)]
    public required AttemptBody[] Attempts { get; init; }

    [JsonPropertyOrder(1)]
    public required JobOutputBody[] Outputs { get; init; }
}

/// <summary>The value of one input; an image's bytes are not in it. Members that do not apply are left out.</summary>
internal sealed record JobInputBody(string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Value { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MediaType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Size { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Height { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }
}

/// <summary>One try on one instance.</summary>
/// <param name="Outcome"><c>running</c>, <c>completed</c>, <c>cancelled</c>, <c>failed</c>, or <c>requeued</c>.</param>
/// <param name="Fault">Why it failed or was requeued; null otherwise.</param>
internal sealed record AttemptBody(
    int Number,
    string Instance,
    string PromptId,
    DateTime DispatchedAt,
    DateTime? StartedAt,
    DateTime? EndedAt,
    string Outcome,
    FaultBody? Fault);

/// <summary>What went wrong with an attempt.</summary>
/// <param name="Charged">Whether it counts against MAX_JOB_ATTEMPTS.</param>
internal sealed record FaultBody(
    string Code,
    string Message,
    string Blame,
    string? NodeId,
    string? NodeType,
    string? ExceptionType,
    bool WorkerDied,
    bool Charged);

/// <summary>One file that a job made.</summary>
internal sealed record JobOutputBody(
    int Index, string NodeId, string Kind, string Filename, string MediaType, long Size, string Url);

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Total">All that the filters admit, on this page or not.</param>
/// <param name="NextCursor">Null on the last page.</param>
internal sealed record JobListBody(StatusBody[] Jobs, int Total, string? NextCursor);

/// <summary>How many jobs there are that have not expired.</summary>
internal sealed record JobStatsBody(
    int Total,
    Dictionary<string, int> ByStatus,
    SortedDictionary<string, int> ByType,
    SortedDictionary<string, int> ByInstance);

/// <summary>The answer to a deletion.</summary>
internal sealed record DeletedBody(string Message);

/// <summary>The answer to a cleanup.</summary>
internal sealed record CleanupBody(string Message, int CleanedCount);
