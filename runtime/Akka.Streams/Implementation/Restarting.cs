using Akka.Event;

namespace Akka.Streams.Implementation;

/// <summary>Starts a part of a graph again when it has ended: counts, and waits longer each time.</summary>
internal sealed class Restarting(Scope scope, RestartSettings settings)
{
    private int _count;
    private TimeSpan _started = scope.Clock;

    /// <summary>A stream that is opened again after it has ended, unless that is final.</summary>
    public async IAsyncEnumerable<T> Run<T>(
        Func<IAsyncEnumerable<T>> open, Func<Exception?, bool> isFinal,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var runs = Stages.Continue(open(), async (failure, left) =>
            !isFinal(failure) && await Next(failure, left) ? open() : null, token);
        await foreach (var element in runs) yield return element;
    }

    /// <summary>Elements that the flow had taken when it ended are lost; those it had not are for the next.</summary>
    public async IAsyncEnumerable<TOut> Run<TIn, TOut>(
        IAsyncEnumerable<TIn> upstream, Func<IAsyncEnumerable<TIn>, IAsyncEnumerable<TOut>> open,
        Func<Exception?, bool> isFinal, [EnumeratorCancellation] CancellationToken token = default)
    {
        await using var shared = new Shared<TIn>(upstream, token);
        var runs = Run(() => open(shared.Lend()), failure => shared.HasEnded || isFinal(failure), token);
        await foreach (var element in runs) yield return element;
    }

    /// <summary>Starts a sink again when it has cancelled, until the upstream ends.</summary>
    public async Task<Done> Run<T>(
        IAsyncEnumerable<T> upstream, Action<IAsyncEnumerable<T>> open, CancellationToken token)
    {
        await using var shared = new Shared<T>(upstream, token);
        do
        {
            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            open(shared.Lend(onLeft: () => left.TrySetResult(), CancellationToken.None));
            await left.Task.WaitAsync(token);
        }
        while (!shared.HasEnded && await Next(null, token));
        return Done.Instance;
    }

    /// <summary>Waits for the next start; false when there have been too many.</summary>
    private async ValueTask<bool> Next(Exception? failure, CancellationToken token)
    {
        Warn(failure);
        if (scope.Clock - _started > settings.MaxRestartsWithin) _count = 0;
        if (_count == settings.MaxRestarts) return false;
        await scope.Delay(Backoff(_count++), token);
        _started = scope.Clock;
        return true;
    }

    private TimeSpan Backoff(int restarts)
    {
        var random = 1.0 + (Random.Shared.NextDouble() * settings.RandomFactor);
        var delay = settings.MinBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(restarts, 30));
        return TimeSpan.FromMilliseconds(Math.Min(settings.MaxBackoff.TotalMilliseconds, delay) * random);
    }

    private void Warn(Exception? failure)
    {
        if (scope.Materializer.IsShutdown) return;
        var log = Logging.GetLogger(scope.Materializer.System, "Akka.Streams.Restart");
        if (failure is null) log.Debug("Restarting stream after it completed");
        else log.Warning(failure, "Restarting stream due to failure: {0}", failure.Message);
    }
}

/// <summary>An upstream that is lent to one reader after the other.</summary>
internal sealed class Shared<T>(IAsyncEnumerable<T> upstream, CancellationToken token) : IAsyncDisposable
{
    private readonly Tap<T> _tap = new(upstream, token);
    public bool HasEnded { get; private set; }

    /// <param name="onLeft">Called when the reader has left.</param>
    /// <param name="reader">Cancelled by the reader that leaves.</param>
    public async IAsyncEnumerable<T> Lend(
        Action? onLeft = null, [EnumeratorCancellation] CancellationToken reader = default)
    {
        try
        {
            Pulled pulled;
            while ((pulled = await _tap.Next(reader, onFailure: _ => HasEnded = true)) == Pulled.Element)
            {
                yield return _tap.Current;
            }
            HasEnded |= pulled == Pulled.Completed;
            reader.ThrowIfCancellationRequested();
        }
        finally
        {
            onLeft?.Invoke();
        }
    }

    public ValueTask DisposeAsync() => _tap.DisposeAsync();
}
