namespace Akka.Actor;

/// <summary>The base of every exception the actor system raises.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException() { }
    protected AkkaException(string message, Exception? cause = null) : base(message, cause) { }
    protected Exception? Cause => InnerException;
}
