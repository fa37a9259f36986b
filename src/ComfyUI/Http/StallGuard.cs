namespace AkkaComfy.ComfyUI.Http;

/// <summary>
/// Ends a large request whose receiver takes nothing and answers nothing for a while: a frozen server accepts the
/// connection, and with it the first of the bytes, as a living one does.
/// </summary>
internal sealed class StallGuard : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenSource _either;
    private bool _ended;

    public StallGuard(TimeSpan limit, TimeProvider time, CancellationToken ct)
    {
        _limit = limit;
        _stall = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(ct, _stall.Token);
    }

    public CancellationToken Token => _either.Token;

    public bool HasStalled => _stall.IsCancellationRequested;

    /// <summary>Something was taken: the time begins anew. An answer can be there before the whole body is out.</summary>
    public void Moved()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _stall.CancelAfter(_limit);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
        }

        _either.Dispose();
        _stall.Dispose();
    }
}
