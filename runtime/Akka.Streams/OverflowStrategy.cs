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
