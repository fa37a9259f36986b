namespace Akka.Streams;

/// <summary>The materializer stopped while the stream was running.</summary>
public class AbruptTerminationException(string message) : Exception(message);

/// <summary>An element was offered to a stream that has ended.</summary>
public sealed class StreamDetachedException : Exception
{
    public static readonly StreamDetachedException Instance = new();

    public StreamDetachedException() : this("Stream is terminated. The materialized value is detached.")
    {
    }

    public StreamDetachedException(string message) : base(message)
    {
    }
}

/// <summary>A buffer with <see cref="OverflowStrategy.Fail"/> was full.</summary>
public sealed class BufferOverflowException(string message) : Exception(message);


/// <summary>A stream ended without the element that was asked for.</summary>
public class NoSuchElementException(string message) : Exception(message);
