namespace Akka.Streams.Implementation;

/// <summary>How a pull ended.</summary>
internal enum Pulled
{
    Element,
    Completed,

    /// <summary>The interrupt came first; the pull goes on, and the next call has its result.</summary>
    Interrupted,
}

/// <summary>Reads an upstream for a stage that may look away, or leave for good, while a pull is under way.</summary>
internal sealed class Tap<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource _left;
    private readonly IAsyncEnumerator<T> _upstream;
    private Task<bool>? _pull;
    private bool _started;

    public Tap(IAsyncEnumerable<T> upstream, CancellationToken downstream)
    {
        _left = CancellationTokenSource.CreateLinkedTokenSource(downstream);
        _upstream = upstream.GetAsyncEnumerator(_left.Token);
    }

    public T Current => _upstream.Current;

    /// <summary>Starts a pull unless one is under way; true if its result is there already.</summary>
    public bool IsReady
    {
        get
        {
            _started = true;
            _pull ??= _upstream.MoveNextAsync().AsTask();
            return _pull.IsCompleted;
        }
    }

    public async ValueTask<bool> MoveNext() => await Next(CancellationToken.None) == Pulled.Element;

    /// <summary>A failure of the upstream is told to <paramref name="onFailure"/> before it is thrown.</summary>
    public async ValueTask<Pulled> Next(CancellationToken interrupt, Action<Exception>? onFailure = null)
    {
        if (!IsReady)
        {
            await ((Task)_pull!.WaitAsync(interrupt)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_pull.IsCompleted) return Pulled.Interrupted;
        }

        var pull = _pull!;
        _pull = null;
        try
        {
            return await pull ? Pulled.Element : Pulled.Completed;
        }
        catch (Exception failure) when (onFailure is not null)
        {
            onFailure(failure);
            throw;
        }
    }

    /// <summary>Leaves the upstream; one that does not heed it delays nobody.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_started || _pull is { IsCompleted: false })
        {
            // A stage learns of being left through its first pull: without one it would never clean up.
            _left.Cancel();
            _pull ??= _upstream.MoveNextAsync().AsTask();
            _ = Settle(_pull);
            return ValueTask.CompletedTask;
        }

        _left.Dispose();
        return _upstream.DisposeAsync();
    }

    private async Task Settle(Task<bool> pull)
    {
        await ((Task)pull).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _upstream.DisposeAsync();
        _left.Dispose();
    }
}
