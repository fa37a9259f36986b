using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Named values, in the order in which they were written.</summary>
public class HoconObject : IHoconElement
{
    public HoconObject() : this(new Dictionary<string, HoconValue>(StringComparer.Ordinal)) { }
    public HoconObject(Dictionary<string, HoconValue> items) => Items = items;

    public Dictionary<string, HoconValue> Items { get; }

    /// <summary>The same content as plain dictionaries and values.</summary>
    public IDictionary<string, object?> Unwrapped => Items.ToDictionary(
        item => item.Key, item => item.Value.GetObject() is { } inner ? (object?)inner.Unwrapped : item.Value,
        StringComparer.Ordinal);

    public bool IsString() => false;
    public string GetString() => throw new NotSupportedException("An object is not a string.");
    public bool IsArray() => false;
    public IList<HoconValue> GetArray() => throw new NotSupportedException("An object is not an array.");
    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
            Items[key] = value = new HoconValue();
        return value;
    }

    /// <summary>Takes over what the other has; on a conflict the other wins.</summary>
    public void Merge(HoconObject other)
    {
        var merged = other.MergeImmutable(this);
        foreach (var (key, value) in merged.Items)
            Items[key] = value;
    }

    /// <summary>A new object with everything from both; on a conflict this one wins.</summary>
    public HoconObject MergeImmutable(HoconObject other)
    {
        var merged = new Dictionary<string, HoconValue>(Items, StringComparer.Ordinal);
        foreach (var (key, below) in other.Items)
        {
            if (!merged.TryGetValue(key, out var above))
                merged[key] = below;
            else if (above.GetObject() is { } upper && below.GetObject() is { } lower)
                merged[key] = new HoconValue([upper.MergeImmutable(lower)]);
        }
        return new HoconObject(merged);
    }

    public override string ToString() => ToString(0);

    public string ToString(int indent)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
            text.Append(' ', indent * 2).Append(HoconPath.Quote(key)).Append(" : ").Append(value.ToString(indent))
                .Append('\n');
        return text.ToString();
    }
}
