namespace Akka.Configuration.Hocon;

/// <summary>A value as written: pieces that together make a text, an array or an object.</summary>
public class HoconValue : IMightBeAHoconObject
{
    public HoconValue() : this([]) { }
    public HoconValue(List<IHoconElement> values) => Values = values;

    public List<IHoconElement> Values { get; }

    public bool IsEmpty => Values.Count == 0
        || (Values[0] is HoconObject first && first.Items.Count == 0);

    public void AppendValue(IHoconElement value) => Values.Add(value);
    public void Clear() => Values.Clear();

    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    public bool IsString() => Values.Count > 0 && Values.TrueForAll(piece => piece.IsString());
    public bool IsObject() => GetObject() is not null;
    public bool IsArray() => Values.Exists(piece => piece.IsArray());

    public HoconObject? GetObject() => Values.FirstOrDefault() switch
    {
        HoconObject it => it,
        IMightBeAHoconObject maybe => maybe.GetObject(),
        _ => null,
    };

    public HoconValue? GetChildObject(string key) => GetObject()?.GetKey(key);

    internal HoconValue? At(string path)
    {
        HoconValue? at = this;
        foreach (var part in HoconPath.Split(path))
            at = at?.GetChildObject(part);
        return at;
    }

    public string? GetString() => Values switch
    {
        [] => null,
        [var only] when only.IsString() => only.GetString(),
        _ when IsString() => string.Concat(Values.Select(piece => piece.GetString())),
        _ => null,
    };

    public IList<HoconValue> GetArray() => !IsArray()
        ? throw new NotSupportedException($"Expected an array but found {Kind}.")
        : Values.Where(piece => piece.IsArray()).SelectMany(piece => piece.GetArray()!).ToList();

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

    public virtual string ToString(int indent)
    {
        if (GetObject() is { } it)
            return $"{{\n{it.ToString(indent + 1)}{new string(' ', indent * 2)}}}";
        if (IsArray())
            return $"[{string.Join(",", GetArray().Select(item => item.ToString(indent + 1)))}]";
        return GetString() is { } text ? HoconPath.Quote(text) : "null";
    }

    private string Kind => IsObject() ? "an object" : IsArray() ? "an array" : $"'{GetString()}'";
    private string Text() => GetString() ?? throw new FormatException($"Expected a plain value but found {Kind}.");
    private List<T> ListOf<T>(Func<HoconValue, T> read) => GetArray().Select(read).ToList();
}
