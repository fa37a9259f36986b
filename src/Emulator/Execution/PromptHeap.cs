namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// A binary heap laid out as Python's heapq lays it out, since /queue shows that layout. Like there, two items of
/// equal number and id cannot be compared: the second is in the heap when the comparison fails.
/// </summary>
internal sealed class PromptHeap
{
    private readonly List<QueueItem> _items = [];

    public int Count => _items.Count;

    public IReadOnlyList<QueueItem> Items => _items;

    /// <exception cref="IncomparableException">The item is queued nevertheless.</exception>
    public void Push(QueueItem item)
    {
        _items.Add(item);
        SiftTowardsRoot(0, _items.Count - 1);
    }

    /// <exception cref="IncomparableException">An item was lost from the order, as in heapq.</exception>
    public QueueItem Pop()
    {
        var last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        if (_items.Count == 0)
        {
            return last;
        }

        var first = _items[0];
        _items[0] = last;
        SiftTowardsLeaf(0);
        return first;
    }

    public void Clear() => _items.Clear();

    /// <summary>Removes the first item of that id, in heap order.</summary>
    public bool Remove(string id)
    {
        var index = _items.FindIndex(item => item.Id == id);
        if (index < 0)
        {
            return false;
        }

        _items.RemoveAt(index);
        for (var position = (_items.Count / 2) - 1; position >= 0; position--)
        {
            SiftTowardsLeaf(position);
        }

        return true;
    }

    private static bool Less(QueueItem left, QueueItem right)
    {
        var order = left.Number.Value.CompareTo(right.Number.Value);
        if (order == 0)
        {
            order = string.CompareOrdinal(left.Id, right.Id);
        }

        return order != 0 ? order < 0 : throw new IncomparableException(left.Id);
    }

    private void SiftTowardsRoot(int root, int position)
    {
        var item = _items[position];
        while (position > root)
        {
            var parent = (position - 1) / 2;
            if (!Less(item, _items[parent]))
            {
                break;
            }

            _items[position] = _items[parent];
            position = parent;
            _items[position] = item;
        }
    }

    private void SiftTowardsLeaf(int position)
    {
        var start = position;
        var item = _items[position];
        var child = (2 * position) + 1;
        while (child < _items.Count)
        {
            var right = child + 1;
            if (right < _items.Count && !Less(_items[child], _items[right]))
            {
                child = right;
            }

            _items[position] = _items[child];
            position = child;
            child = (2 * position) + 1;
        }

        _items[position] = item;
        SiftTowardsRoot(start, position);
    }
}

/// <summary>Two queued prompts have the same number and the same id.</summary>
internal sealed class IncomparableException(string id)
    : Exception($"two queued prompts have the id {id} and one number");
