using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A setting is missing or has a value that cannot be used.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message) : base(message) { }
    public ConfigurationException(string message, Exception exception) : base(message, exception) { }

    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) => new(
        path is null or ""
            ? $"Failed to instantiate {typeof(T).Name}: configuration is null or empty."
            : $"Failed to instantiate {typeof(T).Name}: configuration section {path} is null or empty.");
}
