using Akka.Actor;

namespace Akka.Configuration.Hocon;

/// <summary>The value at a path could not be read as the type asked for.</summary>
public sealed class HoconValueException : AkkaException
{
    public HoconValueException(string message, string failPath, HoconValue value, Exception innerException)
        : base(message, innerException)
    {
        FailPath = failPath;
        Value = value;
    }

    public string FailPath { get; }
    public HoconValue Value { get; }
}
