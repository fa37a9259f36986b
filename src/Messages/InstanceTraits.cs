using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>What its operator says of an instance.</summary>
/// <param name="Weight">How much work it should get compared with others, at least 1.</param>
/// <param name="Tags">What workflows may ask for by name.</param>
public sealed record InstanceTraits(int Weight, ImmutableArray<string> Tags)
{
    public static InstanceTraits Default { get; } = new(1, []);

    public bool Equals(InstanceTraits? other) =>
        other is not null && Weight == other.Weight && Tags.SequenceEqual(other.Tags);

    public override int GetHashCode() => HashCode.Combine(Weight, Tags.Length);
}
