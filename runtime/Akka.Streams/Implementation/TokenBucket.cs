namespace Akka.Streams.Implementation;

/// <summary>Grants tokens at a rate, and saves up to its capacity of them.</summary>
internal sealed class TokenBucket(long capacity, TimeSpan perToken)
{
    private double _available = capacity;
    private TimeSpan _seen;

    public void Start(TimeSpan now) => _seen = now;

    /// <summary>Takes the tokens and tells how long to wait for them; debts are paid first.</summary>
    public TimeSpan Offer(long cost, TimeSpan now)
    {
        _available = Math.Min(capacity, _available + ((now - _seen) / perToken));
        _seen = now;
        _available -= cost;
        return _available >= 0 ? TimeSpan.Zero : perToken * -_available;
    }
}
