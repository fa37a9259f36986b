using Akka.Actor;

namespace Akka.Configuration
{
    /// <summary>A setting is missing or has a value that cannot be used.</summary>
    public class ConfigurationException(string message, Exception? exception = null) : AkkaException(message, exception)
    {
        public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) => new(
            $"Failed to instantiate {typeof(T).Name}: " +
            $"configuration{(string.IsNullOrEmpty(path) ? "" : $" section {path}")} is null or empty.");
    }
}

namespace Akka.Configuration.Hocon
{
    /// <summary>The value at a path could not be read as the type asked for.</summary>
    public sealed class HoconValueException(string message, string failPath, HoconValue value, Exception innerException)
        : AkkaException(message, innerException)
    {
        public string FailPath { get; } = failPath;
        public HoconValue Value { get; } = value;
    }
}
