using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Health;

/// <summary>The last transitions of a circuit, oldest first: an immutable value that forgets the older ones.</summary>
public sealed class CircuitHistory
{
    /// <summary>More than this many are not kept.</summary>
    public const int Limit = 20;

    private CircuitHistory(ImmutableArray<Instances.CircuitChanged> transitions) => Transitions = transitions;

    public static CircuitHistory Empty { get; } = new([]);

    public ImmutableArray<Instances.CircuitChanged> Transitions { get; }

    public CircuitHistory With(Instances.CircuitChanged latest) =>
        new([.. Transitions.TakeLast(Limit - 1), latest]);
}
