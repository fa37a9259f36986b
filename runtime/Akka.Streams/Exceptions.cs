namespace Akka.Streams;

/// <summary>The materializer stopped while the stream was running.</summary>
public class AbruptTerminationException(string message) : Exception(message);

/// <summary>An element was offered to a stream that has ended.</summary>
public sealed class StreamDetachedException(
    string message = "Stream is terminated. The materialized value is detached.") : Exception(message)
{
    public static readonly StreamDetachedException Instance = new();
}

/// <summary>A buffer with <see cref="OverflowStrategy.Fail"/> was full.</summary>
public sealed class BufferOverflowException(string message) : Exception(message);

/// <summary>A stream had more elements than it may have.</summary>
public class StreamLimitReachedException(long max) : Exception($"Limit of {max} reached");

/// <summary>A stream ended without the element that was asked for.</summary>
public class NoSuchElementException(string message) : Exception(message);
