using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Immutable settings, read by dotted path; what is missing reads as the default given.</summary>
public class Config
{
    public static readonly Config Empty = new();

    public Config() : this(new HoconRoot(new HoconValue(new HoconObject()))) { }

    public Config(HoconRoot root) =>
        Root = root.Value ?? throw new ArgumentNullException(nameof(root), "The root value cannot be null.");

    public Config(Config source, Config? fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Fallback = fallback;
        Root = source.Root.GetObject() is { } above && fallback?.Root.GetObject() is { } below
            ? new HoconValue(above.MergeImmutable(below))
            : source.Root;
    }

    /// <summary>What <see cref="WithFallback"/> put beneath; its content is part of <see cref="Root"/>.</summary>
    public Config? Fallback { get; }
    public HoconValue Root { get; }
    public virtual bool IsEmpty => Root.IsEmpty;

    public static Config operator +(Config config, string fallback) =>
        config.WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>These settings, and beneath them the other's wherever these are silent.</summary>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        if (fallback.IsNullOrEmpty())
            return this;
        return IsEmpty ? fallback! : new Config(this, fallback);
    }

    public virtual bool HasPath(string path) => GetValue(path) is not null;

    public HoconValue? GetValue(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return HoconPath.Split(path).Aggregate((HoconValue?)Root, static (at, part) => at?.GetChildObject(part));
    }

    /// <summary>The settings under a path, or null if there are none.</summary>
    public virtual Config? GetConfig(string path) => GetValue(path) is { } value ? new(new HoconRoot(value)) : null;

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
    public virtual long? GetByteSize(string path, long? def = null) => Read(path, it => it.GetByteSize(), def);

    public virtual IList<bool> GetBooleanList(string path) => Read(path, it => it.GetBooleanList(), []);
    public virtual IList<int> GetIntList(string path) => Read(path, it => it.GetIntList(), []);
    public virtual IList<long> GetLongList(string path) => Read(path, it => it.GetLongList(), []);
    public virtual IList<byte> GetByteList(string path) => Read(path, it => it.GetByteList(), []);
    public virtual IList<float> GetFloatList(string path) => Read(path, it => it.GetFloatList(), []);
    public virtual IList<double> GetDoubleList(string path) => Read(path, it => it.GetDoubleList(), []);
    public virtual IList<decimal> GetDecimalList(string path) => Read(path, it => it.GetDecimalList(), []);

    public virtual IList<string> GetStringList(string path, string[]? strings = null) =>
        Read(path, it => it.GetStringList(), strings ?? []);

    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject()?.Items ?? [];
    public override string ToString() => Root.GetObject()?.ToString() ?? Root.ToString();

    /// <param name="includeFallback">Has no effect: a fallback is merged when it is given.</param>
    public string ToString(bool includeFallback) => ToString();

    private T Read<T>(string path, Func<HoconValue, T> read, T @default)
    {
        if (GetValue(path) is not { } value)
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

/// <summary>Operations that hold for a missing configuration too.</summary>
public static class ConfigExtensions
{
    public static bool IsNullOrEmpty(this Config? config) => config is null || config.IsEmpty;

    public static Config? SafeWithFallback(this Config? config, Config? fallback)
    {
        if (config.IsNullOrEmpty())
            return fallback;
        return ReferenceEquals(config, fallback) ? config : config!.WithFallback(fallback);
    }
}
