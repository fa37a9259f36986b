using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Immutable settings, read by dotted path; what is missing reads as the default given.</summary>
public partial class Config
{
    public static readonly Config Empty = new();

    public Config() : this(new HoconRoot(new HoconValue([new HoconObject()]))) { }

    public Config(HoconRoot root)
    {
        Root = root.Value ?? throw new ArgumentNullException(nameof(root), "The root value cannot be null.");
        Substitutions = root.Substitutions;
    }

    public Config(Config source, Config fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Root = source.Root;
        Substitutions = source.Substitutions;
        Fallback = fallback;
        if (source.Root.GetObject() is { } above && fallback?.Root.GetObject() is { } below)
            Root = new HoconValue([above.MergeImmutable(below)]);
    }

    /// <summary>What <see cref="WithFallback"/> put beneath; its content is part of <see cref="Root"/>.</summary>
    public Config? Fallback { get; }
    public virtual bool IsEmpty => Root.IsEmpty;
    public HoconValue Root { get; }
    public IEnumerable<HoconSubstitution> Substitutions { get; set; }

    public static Config operator +(Config config, string fallback) =>
        config.WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);
    public virtual bool HasPath(string path) => Find(path) is not null;
    public HoconValue? GetValue(string path) => Find(path);

    /// <summary>The settings under a path, or null if there are none.</summary>
    public virtual Config? GetConfig(string path) => Find(path) is { } value ? new Config(new HoconRoot(value)) : null;

    /// <summary>These settings, and beneath them the other's wherever these are silent.</summary>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        if (fallback.IsNullOrEmpty())
            return this;
        return IsEmpty ? fallback! : new Config(this, fallback!);
    }

    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() =>
        Root.GetObject() is { } root ? root.Items : [];

    public override string ToString() => ToString(includeFallback: true);

    /// <param name="includeFallback">Has no effect: a fallback is merged when it is given.</param>
    public string ToString(bool includeFallback) => Root.GetObject() is { } root ? root.ToString() : Root.ToString();

    private HoconValue? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Root.At(path);
    }
}
