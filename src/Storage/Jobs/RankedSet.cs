namespace AkkaComfy.Storage;

/// <summary>A sorted set that also tells how many items stand before one: a treap, every operation O(log n).</summary>
internal sealed class RankedSet<T>(IComparer<T> comparer)
{
    private Node? _root;
    private uint _chance = 0x9E3779B9;

    public int Count => SizeOf(_root);

    /// <returns>False when it was there already.</returns>
    public bool Add(T item)
    {
        if (Contains(item))
        {
            return false;
        }

        var (before, after) = Split(_root, item);
        _root = Merge(Merge(before, new Node(item, NextWeight())), after);
        return true;
    }

    /// <returns>False when it was not there.</returns>
    public bool Remove(T item)
    {
        if (!Contains(item))
        {
            return false;
        }

        _root = Without(_root!, item);
        return true;
    }

    public bool Contains(T item)
    {
        var node = _root;
        while (node is not null)
        {
            var order = comparer.Compare(item, node.Item);
            if (order == 0)
            {
                return true;
            }

            node = order < 0 ? node.Left : node.Right;
        }

        return false;
    }

    /// <summary>How many items stand before this one, which need not be in the set.</summary>
    public int RankOf(T item)
    {
        var rank = 0;
        var node = _root;
        while (node is not null)
        {
            if (comparer.Compare(item, node.Item) <= 0)
            {
                node = node.Left;
            }
            else
            {
                rank += SizeOf(node.Left) + 1;
                node = node.Right;
            }
        }

        return rank;
    }

    /// <summary>Splits into the items before the given one and the rest.</summary>
    private (Node? Before, Node? After) Split(Node? node, T at)
    {
        if (node is null)
        {
            return (null, null);
        }

        if (comparer.Compare(node.Item, at) < 0)
        {
            (node.Right, var after) = Split(node.Right, at);
            node.Measure();
            return (node, after);
        }

        (var before, node.Left) = Split(node.Left, at);
        node.Measure();
        return (before, node);
    }

    private Node? Without(Node node, T item)
    {
        var order = comparer.Compare(item, node.Item);
        if (order == 0)
        {
            return Merge(node.Left, node.Right);
        }

        if (order < 0)
        {
            node.Left = Without(node.Left!, item);
        }
        else
        {
            node.Right = Without(node.Right!, item);
        }

        node.Measure();
        return node;
    }

    private static Node? Merge(Node? before, Node? after)
    {
        if (before is null || after is null)
        {
            return before ?? after;
        }

        if (before.Weight >= after.Weight)
        {
            before.Right = Merge(before.Right, after);
            before.Measure();
            return before;
        }

        after.Left = Merge(before, after.Left);
        after.Measure();
        return after;
    }

    private static int SizeOf(Node? node) => node?.Size ?? 0;

    /// <summary>Xorshift: weights need only be unrelated to the order of the items.</summary>
    private uint NextWeight()
    {
        _chance ^= _chance << 13;
        _chance ^= _chance >> 17;
        _chance ^= _chance << 5;
        return _chance;
    }

    private sealed class Node(T item, uint weight)
    {
        public T Item { get; } = item;

        public uint Weight { get; } = weight;

        public Node? Left { get; set; }

        public Node? Right { get; set; }

        public int Size { get; private set; } = 1;

        public void Measure() => Size = 1 + SizeOf(Left) + SizeOf(Right);
    }
}
