namespace Akka.Util
{
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
    public class AtomicReference<T>
        where T : class
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
}

namespace Akka.Util.Internal
{
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
}
