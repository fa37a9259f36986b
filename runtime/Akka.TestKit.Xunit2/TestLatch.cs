namespace Akka.TestKit;

/// <summary>Opens when it has been counted down to zero.</summary>
public class TestLatch
{
    private readonly CountdownEvent _count;
    private readonly TimeSpan _defaultTimeout;

    public TestLatch() : this(1)
    {
    }

    public TestLatch(int count) : this(count, TimeSpan.FromSeconds(5))
    {
    }

    public TestLatch(TimeSpan defaultTimeout) : this(1, defaultTimeout)
    {
    }

    public TestLatch(int count, TimeSpan defaultTimeout)
    {
        _count = new CountdownEvent(count);
        _defaultTimeout = defaultTimeout;
    }

    public bool IsOpen => _count.IsSet;

    public void CountDown()
    {
        // An open latch stays open however often it is counted down.
        lock (_count)
        {
            if (!_count.IsSet) _count.Signal();
        }
    }

    public void Open()
    {
        while (!IsOpen) CountDown();
    }

    public void Reset() => _count.Reset();

    public void Ready() => Ready(_defaultTimeout);

    public void Ready(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (timeout == Timeout.InfiniteTimeSpan) throw new ArgumentException("Infinite timeout", nameof(timeout));
        if (!_count.Wait(timeout, cancellationToken)) throw new TimeoutException($"Timeout of {timeout} expired");
    }
}
