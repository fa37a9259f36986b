namespace Akka.Configuration.Hocon;

/// <summary>A parsed text.</summary>
public class HoconRoot(HoconValue value)
{
    public HoconValue Value { get; } = value;
}

/// <summary>An object, an array or a text; neither of them for HOCON's <c>null</c>.</summary>
public class HoconValue
{
    private readonly object? _content;

    internal HoconValue(object? content) => _content = content;
    public bool IsEmpty => _content is null or HoconObject { Items.Count: 0 };
    private string Kind => IsObject() ? "an object" : IsArray() ? "an array" : $"'{GetString()}'";
    public bool IsString() => _content is null or string;
    public bool IsObject() => _content is HoconObject;
    public bool IsArray() => _content is IList<HoconValue>;
    public HoconObject? GetObject() => _content as HoconObject;
    public HoconValue? GetChildObject(string key) => GetObject()?.GetKey(key);
    public string? GetString() => _content as string;

    public IList<HoconValue> GetArray() => _content as IList<HoconValue>
        ?? throw new NotSupportedException($"Expected an array but found {Kind}.");

    public bool GetBoolean() => HoconScalar.Boolean(Text());
    public byte GetByte() => HoconScalar.Number<byte>(Text());
    public int GetInt() => HoconScalar.Number<int>(Text());
    public long GetLong() => HoconScalar.Number<long>(Text());
    public float GetFloat() => HoconScalar.Number<float>(Text());
    public double GetDouble() => HoconScalar.Number<double>(Text());
    public decimal GetDecimal() => HoconScalar.Number<decimal>(Text());
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconScalar.Duration(Text(), allowInfinite);
    public long? GetByteSize() => HoconScalar.ByteSize(Text());
    public IList<bool> GetBooleanList() => ListOf(value => value.GetBoolean());
    public IList<byte> GetByteList() => ListOf(value => value.GetByte());
    public IList<int> GetIntList() => ListOf(value => value.GetInt());
    public IList<long> GetLongList() => ListOf(value => value.GetLong());
    public IList<float> GetFloatList() => ListOf(value => value.GetFloat());
    public IList<double> GetDoubleList() => ListOf(value => value.GetDouble());
    public IList<decimal> GetDecimalList() => ListOf(value => value.GetDecimal());
    public IList<string> GetStringList() => ListOf(value => value.GetString()!);
    public override string ToString() => ToString(0);

    public virtual string ToString(int indent) => _content switch
    {
        HoconObject it => $"{{\n{it.ToString(indent + 1)}{new string(' ', indent * 2)}}}",
        IList<HoconValue> array => $"[{string.Join(",", array.Select(item => item.ToString(indent + 1)))}]",
        string text => HoconPath.Quote(text),
        _ => "null",
    };

    private string Text() => GetString() ?? throw new FormatException($"Expected a plain value but found {Kind}.");
    private List<T> ListOf<T>(Func<HoconValue, T> read) => [.. GetArray().Select(read)];
}

/// <summary>Named values, in the order in which they were written.</summary>
public class HoconObject(Dictionary<string, HoconValue> items)
{
    public HoconObject() : this(new Dictionary<string, HoconValue>(StringComparer.Ordinal)) { }

    public Dictionary<string, HoconValue> Items { get; } = items;

    /// <summary>The same content as plain dictionaries and values.</summary>
    public IDictionary<string, object?> Unwrapped => Items.ToDictionary(
        static item => item.Key,
        static item => item.Value.GetObject() is { } inner ? (object?)inner.Unwrapped : item.Value,
        StringComparer.Ordinal);

    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    /// <summary>Takes over what the other has; on a conflict the other wins.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, value) in other.MergeImmutable(this).Items)
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
                merged[key] = new HoconValue(upper.MergeImmutable(lower));
        }
        return new HoconObject(merged);
    }

    public override string ToString() => ToString(0);

    public string ToString(int indent) => string.Concat(Items.Select(item =>
        $"{new string(' ', indent * 2)}{HoconPath.Quote(item.Key)} : {item.Value.ToString(indent)}\n"));
}
