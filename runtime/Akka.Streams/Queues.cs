namespace Akka.Streams;

/// <summary>What a full buffer does with one element more.</summary>
public enum OverflowStrategy
{
    /// <summary>Drops the oldest buffered element.</summary>
    DropHead = 2,
    /// <summary>Drops the youngest buffered element.</summary>
    DropTail = 3,
    /// <summary>Drops everything buffered.</summary>
    DropBuffer = 4,
    /// <summary>Drops the new element.</summary>
    DropNew = 5,
    /// <summary>Makes the producer wait.</summary>
    Backpressure = 6,
    /// <summary>Fails the stream.</summary>
    Fail = 7,
}

/// <summary>What a throttle does with elements that come too fast.</summary>
public enum ThrottleMode
{
    /// <summary>Delays them.</summary>
    Shaping,
    /// <summary>Fails the stream.</summary>
    Enforcing,
}

/// <summary>What became of an offered element.</summary>
public interface IQueueOfferResult;

/// <summary>The results of an offer.</summary>
public static class QueueOfferResult
{
    /// <summary>The stream has taken the element.</summary>
    public sealed class Enqueued : IQueueOfferResult
    {
        public static readonly Enqueued Instance = new();

        private Enqueued() { }
    }

    /// <summary>The element was dropped.</summary>
    public sealed class Dropped : IQueueOfferResult
    {
        public static readonly Dropped Instance = new();

        private Dropped() { }
    }

    /// <summary>The offer failed the stream.</summary>
    public sealed class Failure(Exception cause) : IQueueOfferResult
    {
        public Exception Cause => cause;
    }

    /// <summary>The stream ended before it could take the element.</summary>
    public sealed class QueueClosed : IQueueOfferResult
    {
        public static readonly QueueClosed Instance = new();

        private QueueClosed() { }
    }
}

/// <summary>Feeds a running stream.</summary>
public interface ISourceQueue<in T>
{
    Task<IQueueOfferResult> OfferAsync(T element);

    /// <summary>Completes when the stream no longer takes elements; fails with the stream.</summary>
    Task WatchCompletionAsync();
}

/// <summary>Feeds a running stream, and ends it.</summary>
public interface ISourceQueueWithComplete<in T> : ISourceQueue<T>
{
    /// <summary>Ends the stream once what is buffered has been taken.</summary>
    void Complete();

    /// <summary>Fails the stream; what is buffered is dropped.</summary>
    void Fail(Exception ex);
}

/// <summary>Takes elements out of a running stream.</summary>
public interface ISinkQueue<T>
{
    /// <summary>The next element, or nothing when the stream has completed.</summary>
    Task<Option<T>> PullAsync();
}
