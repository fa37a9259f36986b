using System.Collections.Immutable;
using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>A part of what a system is set up with, in code.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

/// <summary>All that a system is set up with: one setup of each type.</summary>
public sealed class ActorSystemSetup
{
    public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

    private readonly ImmutableDictionary<Type, Setup> _setups;

    private ActorSystemSetup(ImmutableDictionary<Type, Setup> setups) => _setups = setups;

    public static ActorSystemSetup Create(params Setup[] setup) =>
        setup.Aggregate(Empty, static (all, one) => all.With(one));

    public Option<T> Get<T>()
        where T : Setup => _setups.TryGetValue(typeof(T), out var setup) ? (T)setup : Option<T>.None;

    public ActorSystemSetup WithSetup<T>(T setup) where T : Setup => With(setup);
    public ActorSystemSetup And<T>(T setup) where T : Setup => With(setup);
    public override string ToString() => $"ActorSystemSetup({string.Join(", ", _setups.Keys)})";
    private ActorSystemSetup With(Setup setup) => new(_setups.SetItem(setup.GetType(), setup));
}
