namespace Akka.Streams.Implementation;

/// <summary>A queue that grows up to its capacity and can let go of its youngest element.</summary>
internal sealed class Ring<T>(int capacity)
{
    private T[] _items = new T[Math.Min(capacity, 16)];
    private int _head;

    public int Count { get; private set; }

    public bool IsFull => Count >= capacity;

    public void Enqueue(T item)
    {
        if (Count == _items.Length) Grow();
        _items[(_head + Count++) % _items.Length] = item;
    }

    public T Dequeue()
    {
        var item = _items[_head];
        _items[_head] = default!;
        _head = (_head + 1) % _items.Length;
        Count--;
        return item;
    }

    public void DropYoungest() => _items[(_head + --Count) % _items.Length] = default!;

    public void Clear()
    {
        Array.Clear(_items);
        (_head, Count) = (0, 0);
    }

    private void Grow()
    {
        var larger = new T[Math.Min(capacity, _items.Length * 2)];
        for (var i = 0; i < Count; i++) larger[i] = _items[(_head + i) % _items.Length];
        (_items, _head) = (larger, 0);
    }
}
