using System.Globalization;

namespace AkkaComfy.Messages;

/// <summary>Identifies a job: a time-ordered UUID (version 7), so that ids sort by arrival.</summary>
public readonly record struct JobId(Guid Value)
{
    public static JobId New(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    public static bool TryParse(string? text, out JobId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = new JobId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D", CultureInfo.InvariantCulture);
}

/// <summary>Identifies one ComfyUI instance: <c>host:port</c>, or a URL slugged to what an actor path allows.</summary>
public readonly record struct InstanceId(string Value) : IComparable<InstanceId>
{
    public int CompareTo(InstanceId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(InstanceId left, InstanceId right) => left.CompareTo(right) < 0;

    public static bool operator >(InstanceId left, InstanceId right) => left.CompareTo(right) > 0;

    public static bool operator <=(InstanceId left, InstanceId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(InstanceId left, InstanceId right) => left.CompareTo(right) >= 0;
}

/// <summary>Names a workflow: the name of its folder and of its route.</summary>
public readonly record struct WorkflowName(string Value)
{
    /// <summary>What all jobs that bring a graph of their own are called; no folder has this name.</summary>
    public static WorkflowName Prompt { get; } = new("prompt");

    public override string ToString() => Value;
}

/// <summary>Names what jobs of one queue have in common: what an instance must have to run them.</summary>
/// <remarks>The jobs of a workflow are one queue; those with graphs of their own are one for each set of needs.</remarks>
public readonly record struct QueueName(string Value)
{
    /// <summary>How the queues of jobs with graphs of their own begin; no workflow's name has a colon.</summary>
    public const string OfPrompts = "prompt:";

    public static QueueName Of(WorkflowName workflow) => new(workflow.Value);

    public override string ToString() => Value;
}

/// <summary>Identifies one prompt on one ComfyUI instance; fresh for each attempt of a job.</summary>
public readonly record struct PromptId(string Value)
{
    public static PromptId New() => new(Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture));

    public override string ToString() => Value;
}

/// <summary>Identifies stored bytes by their SHA-256, in lower-case hex.</summary>
public readonly record struct BlobId(string Value)
{
    public override string ToString() => Value;
}
