namespace Akka.Util;

/// <summary>A value or none.</summary>
public readonly record struct Option<T>(T Value)
{
    public static readonly Option<T> None;

    public bool HasValue { get; } = Value is not null;
    public bool IsEmpty => !HasValue;
    public bool IsDefined => HasValue;
    public static Option<T> Create(T value) => new(value);
    public static implicit operator Option<T>(T value) => new(value);
    public T GetOrElse(T fallbackValue) => HasValue ? Value : fallbackValue;
    public Option<TNew> Select<TNew>(Func<T, TNew> selector) => HasValue ? selector(Value) : Option<TNew>.None;
    public override string ToString() => HasValue ? $"Some<{Value}>" : "None";
}
