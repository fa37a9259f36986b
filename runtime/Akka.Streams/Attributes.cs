using System.Collections.Immutable;

namespace Akka.Streams;

/// <summary>Settings attached to a part of a graph; the innermost one of a kind counts.</summary>
public sealed class Attributes
{
    private readonly ImmutableList<IAttribute> _attributes;

    public Attributes(params IAttribute[] attributes) => _attributes = [.. attributes];
    private Attributes(ImmutableList<IAttribute> attributes) => _attributes = attributes;
    public static Attributes None { get; } = new();
    public IEnumerable<IAttribute> AttributeList => _attributes;
    public static Attributes CreateName(string name) => new(new Name(name));

    /// <summary>The bundled runtime sizes asynchronous boundaries by the maximum.</summary>
    public static Attributes CreateInputBuffer(int initial, int max) => new(new InputBuffer(initial, max));

    public Attributes And(Attributes other) => new(_attributes.AddRange(other._attributes));
    public Attributes And(IAttribute other) => new(_attributes.Add(other));
    public TAttr? GetAttribute<TAttr>() where TAttr : class, IAttribute => _attributes.OfType<TAttr>().LastOrDefault();
    public TAttr GetAttribute<TAttr>(TAttr defaultIfNotFound) where TAttr : class, IAttribute =>
        GetAttribute<TAttr>() ?? defaultIfNotFound;

    public bool Contains<TAttr>() where TAttr : class, IAttribute => GetAttribute<TAttr>() is not null;

    /// <summary>One setting.</summary>
    public interface IAttribute;

    /// <summary>The name of a part of a graph.</summary>
    public sealed class Name(string value) : IAttribute
    {
        public string Value => value;
    }

    /// <summary>Sizes of an input buffer, in elements.</summary>
    public sealed class InputBuffer(int initial, int max) : IAttribute
    {
        public int Initial => initial;

        public int Max => max;
    }
}

/// <summary>Attributes of streams that run on an actor system.</summary>
public static class ActorAttributes
{
    public static Attributes CreateSupervisionStrategy(Supervision.Decider strategy) =>
        new(new SupervisionStrategy(strategy));

    /// <summary>Decides about exceptions of user code.</summary>
    public sealed class SupervisionStrategy(Supervision.Decider decider) : Attributes.IAttribute
    {
        public Supervision.Decider Decider => decider;
    }
}
