namespace Akka.Configuration;

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
