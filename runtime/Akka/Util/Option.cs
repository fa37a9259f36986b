namespace Akka.Util;

/// <summary>A value or none.</summary>
public readonly struct Option<T> : IEquatable<Option<T>>
{
    public static readonly Option<T> None;

    public Option(T value)
    {
        Value = value;
        HasValue = value is not null;
    }

    public bool HasValue { get; }
    public bool IsEmpty => !HasValue;
    public bool IsDefined => HasValue;
    public T Value { get; }

    public static Option<T> Create(T value) => new(value);
    public static implicit operator Option<T>(T value) => new(value);
    public T GetOrElse(T fallbackValue) => HasValue ? Value : fallbackValue;

    public Option<TNew> Select<TNew>(Func<T, TNew> selector) =>
        HasValue ? new Option<TNew>(selector(Value)) : Option<TNew>.None;

    public bool Equals(Option<T> other) =>
        HasValue == other.HasValue && EqualityComparer<T>.Default.Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is Option<T> other && Equals(other);
    public override int GetHashCode() => HasValue ? EqualityComparer<T>.Default.GetHashCode(Value!) : 0;
    public override string ToString() => HasValue ? $"Some<{Value}>" : "None";
    public static bool operator ==(Option<T> left, Option<T> right) => left.Equals(right);
    public static bool operator !=(Option<T> left, Option<T> right) => !left.Equals(right);
}
