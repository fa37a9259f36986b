using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Something was asked for in a state that does not allow it.</summary>
public class IllegalStateException(string message, Exception? innerException = null)
    : AkkaException(message, innerException);

/// <summary>A circuit breaker is open: the call failed without being tried.</summary>
public class OpenCircuitException(string message, Exception? cause = null) : AkkaException(message, cause)
{
    public OpenCircuitException(Exception? cause = null)
        : this("Circuit Breaker is open; calls are failing fast", cause) { }
}
