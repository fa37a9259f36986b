namespace Akka.TestKit;

/// <summary>Opens when it has been counted down to zero.</summary>
public class TestLatch(int count, TimeSpan defaultTimeout)
{
    private readonly CountdownEvent _count = new(count);

    public TestLatch(int count = 1) : this(count, TimeSpan.FromSeconds(5)) { }
    public TestLatch(TimeSpan defaultTimeout) : this(1, defaultTimeout) { }
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
    public void Ready() => Ready(defaultTimeout);

    public void Ready(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (timeout == Timeout.InfiniteTimeSpan) throw new ArgumentException("Infinite timeout", nameof(timeout));
        if (!_count.Wait(timeout, cancellationToken)) throw new TimeoutException($"Timeout of {timeout} expired");
    }
}

/// <summary>Holds each of a number of threads until all have arrived.</summary>
public class TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
{
    private Barrier _barrier = new(count);
    public void Await() => Await(defaultTimeout ?? testKit.Dilated(TimeSpan.FromSeconds(5)));

    public void Await(TimeSpan timeout)
    {
        if (_barrier.SignalAndWait(testKit.Dilated(timeout))) return;
        throw new TimeoutException($"Timeout of {timeout} expired while waiting for {count} threads");
    }

    public void Reset() => _barrier = new Barrier(count);
}
