using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>The types that a workflow's input may have.</summary>
public enum InputType
{
    Image,
    Mask,
    String,
    Integer,
    Number,
    Boolean,
    Enum,

    /// <summary>An unsigned 64-bit number; drawn when the client gives none.</summary>
    Seed,
}

/// <summary>One widget of one node of a graph.</summary>
public readonly record struct NodeInput(string NodeId, string Input)
{
    public override string ToString() => $"{NodeId}.{Input}";
}

/// <summary>One value that clients may set, and where it goes.</summary>
public sealed record InputSpec(string Name, InputType Type, ImmutableArray<NodeInput> Bind)
{
    public bool Required { get; init; }

    /// <summary>Null leaves the graph's own value in place, except for a seed, which is drawn.</summary>
    public InputValue? Default { get; init; }

    public string? Description { get; init; }

    /// <summary>Inclusive; set for every integer and seed.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Inclusive; set for every integer and seed.</summary>
    public decimal? Maximum { get; init; }

    public int MinLength { get; init; }

    /// <summary>In UTF-16 code units, for strings.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>The choices of an enum.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    public const int DefaultMaxLength = 100_000;

    public bool IsImage => Type is InputType.Image or InputType.Mask;

    /// <summary>The type as manifests and the API spell it.</summary>
    public string TypeName => InputTypes.NameOf(Type);
}
