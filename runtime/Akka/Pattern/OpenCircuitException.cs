using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A circuit breaker is open: the call failed without being tried.</summary>
public class OpenCircuitException : AkkaException
{
    private const string Default = "Circuit Breaker is open; calls are failing fast";

    public OpenCircuitException() : base(Default) { }
    public OpenCircuitException(string message) : base(message) { }
    public OpenCircuitException(string message, Exception? cause) : base(message, cause) { }
    public OpenCircuitException(Exception? cause) : base(Default, cause) { }
}
