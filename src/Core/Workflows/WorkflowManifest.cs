using System.Collections.Immutable;

namespace AkkaComfy.Core.Workflows;

/// <summary>What a workflow's manifest says, or what is inferred without one.</summary>
internal sealed record WorkflowManifest
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    public OrderedDictionary<string, InputSpec> Inputs { get; init; } = new(StringComparer.Ordinal);

    public ImmutableArray<WorkflowOutput> Outputs { get; init; } = [];

    public ImmutableArray<string> Models { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    public int Priority { get; init; }

    public TimeSpan? Timeout { get; init; }
}
