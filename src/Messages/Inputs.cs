using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>Points at stored bytes: their id, size in bytes and media type.</summary>
public sealed record BlobRef(BlobId Id, long Size, string MediaType);

/// <summary>The value of one workflow input; a closed set.</summary>
public abstract record InputValue
{
    private InputValue()
    {
    }

    /// <summary>An image or a mask, by reference.</summary>
    public sealed record Image(BlobRef Blob, int Width, int Height) : InputValue;

    /// <summary>A graph that a job brings itself, by reference; <see cref="Inputs.Graph"/>.</summary>
    public sealed record Graph(BlobRef Blob, GraphNeeds Needs) : InputValue;

    public sealed record Text(string Value) : InputValue;

    /// <summary>A whole number; seeds are read as unsigned 64-bit, so decimal holds both ranges exactly.</summary>
    public sealed record Integer(decimal Value) : InputValue;

    public sealed record Number(double Value) : InputValue;

    public sealed record Flag(bool Value) : InputValue;
}

/// <summary>The values with which one job runs its workflow, by input name.</summary>
public sealed record Inputs(ImmutableSortedDictionary<string, InputValue> Values)
{
    public static Inputs Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, InputValue>(StringComparer.Ordinal));

    /// <summary>The input that holds <see cref="Graph"/>.</summary>
    public const string GraphInput = "prompt";

    /// <summary>The graph to run in place of a workflow's; null for a job of a workflow.</summary>
    public InputValue.Graph? Graph => Values.GetValueOrDefault(GraphInput) as InputValue.Graph;

    public IEnumerable<BlobRef> Blobs => Values.Values.Select(BlobOf).OfType<BlobRef>();

    public bool Equals(Inputs? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Count;

    private static BlobRef? BlobOf(InputValue value) => value switch
    {
        InputValue.Image image => image.Blob,
        InputValue.Graph graph => graph.Blob,
        _ => null,
    };
}
