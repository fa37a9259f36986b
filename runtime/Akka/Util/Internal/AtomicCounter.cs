namespace Akka.Util.Internal;

/// <summary>A number that threads count with.</summary>
public class AtomicCounter(int initialValue = 0)
{
    private int _value = initialValue;

    public int Current => Volatile.Read(ref _value);
    public int Next() => Interlocked.Increment(ref _value);
    public int IncrementAndGet() => Interlocked.Increment(ref _value);
    public int GetAndIncrement() => Interlocked.Increment(ref _value) - 1;
    public int DecrementAndGet() => Interlocked.Decrement(ref _value);
    public int AddAndGet(int amount) => Interlocked.Add(ref _value, amount);
    public int GetAndAdd(int amount) => Interlocked.Add(ref _value, amount) - amount;
    public void Reset() => Interlocked.Exchange(ref _value, 0);

    public bool CompareAndSet(int expected, int newValue) =>
        Interlocked.CompareExchange(ref _value, newValue, expected) == expected;
}

/// <summary>Casts that read from left to right.</summary>
public static class Extensions
{
    public static T AsInstanceOf<T>(this object self) => (T)self;
}
