namespace Akka.Util;

/// <summary>A flag that threads share.</summary>
public class AtomicBoolean(bool initialValue = false)
{
    private int _value = initialValue ? 1 : 0;

    public bool Value
    {
        get => Volatile.Read(ref _value) != 0;
        set => Volatile.Write(ref _value, value ? 1 : 0);
    }

    public bool CompareAndSet(bool expected, bool newValue)
    {
        var before = expected ? 1 : 0;
        return Interlocked.CompareExchange(ref _value, newValue ? 1 : 0, before) == before;
    }

    public static implicit operator bool(AtomicBoolean atomicBoolean) => atomicBoolean.Value;
}

/// <summary>A reference that threads share.</summary>
public class AtomicReference<T> where T : class
{
    private T? _value;

    public AtomicReference(T? originalValue = null) => _value = originalValue;

    public T Value
    {
        get => Volatile.Read(ref _value)!;
        set => Volatile.Write(ref _value, value);
    }

    public bool CompareAndSet(T expected, T newValue) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _value, newValue, expected), expected);

    public T GetAndSet(T newValue) => Interlocked.Exchange(ref _value, newValue)!;
}
