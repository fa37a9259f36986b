using Akka.Configuration.Hocon;

namespace Akka.Configuration;

public partial class Config
{
    public virtual string? GetString(string path, string? @default = null) => Read(path, it => it.GetString(), @default);
    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, it => it.GetBoolean(), @default);
    public virtual int GetInt(string path, int @default = 0) => Read(path, it => it.GetInt(), @default);
    public virtual long GetLong(string path, long @default = 0) => Read(path, it => it.GetLong(), @default);
    public virtual float GetFloat(string path, float @default = 0) => Read(path, it => it.GetFloat(), @default);
    public virtual double GetDouble(string path, double @default = 0) => Read(path, it => it.GetDouble(), @default);
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Read(path, it => it.GetDecimal(), @default);

    /// <summary>A duration such as <c>5s</c>; a plain number counts milliseconds.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, it => it.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    /// <summary>A size such as <c>128KiB</c>, in bytes.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    public virtual long? GetByteSize(string path, long? def = null) => Read(path, it => it.GetByteSize(), def);
    public virtual IList<bool> GetBooleanList(string path) => Read(path, it => it.GetBooleanList(), []);
    public virtual IList<int> GetIntList(string path) => Read(path, it => it.GetIntList(), []);
    public virtual IList<long> GetLongList(string path) => Read(path, it => it.GetLongList(), []);
    public virtual IList<byte> GetByteList(string path) => Read(path, it => it.GetByteList(), []);
    public virtual IList<float> GetFloatList(string path) => Read(path, it => it.GetFloatList(), []);
    public virtual IList<double> GetDoubleList(string path) => Read(path, it => it.GetDoubleList(), []);
    public virtual IList<decimal> GetDecimalList(string path) => Read(path, it => it.GetDecimalList(), []);
    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    public virtual IList<string> GetStringList(string path, string[] strings) =>
        Read(path, it => it.GetStringList(), strings);

    private T Read<T>(string path, Func<HoconValue, T> read, T @default)
    {
        if (Find(path) is not { } value)
            return @default;
        try
        {
            return read(value);
        }
        catch (Exception failure)
        {
            throw new HoconValueException($"{failure.Message} [path: {path}]", path, value, failure);
        }
    }
}
