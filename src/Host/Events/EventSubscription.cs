using System.Collections.Immutable;
using Akka.Streams;
using AkkaComfy.Actors.Events;
using AkkaComfy.Core.Events;

namespace AkkaComfy.Host.Events;

/// <summary>What one client hears of events, from now until it is disposed or the hub ends it.</summary>
public sealed class EventSubscription : IDisposable
{
    private readonly Listening.Joined _joined;
    private readonly CancellationTokenSource _left;
    private readonly CancellationTokenSource _over;
    private readonly Action _overflowed;
    private bool _isDisposed;

    /// <param name="left">Ends the listening; owned by this from now on.</param>
    /// <param name="overflowed">Called when events were let go since this client is too slow.</param>
    internal EventSubscription(Listening.Joined joined, CancellationTokenSource left, Action overflowed)
    {
        (_joined, _left, _overflowed) = (joined, left, overflowed);
        _over = CancellationTokenSource.CreateLinkedTokenSource(left.Token, joined.HubEnds);
    }

    /// <inheritdoc cref="Listening.Joined" path="/param[@name='At']"/>
    public StreamPosition At => _joined.At;

    /// <inheritdoc cref="Listening.Joined" path="/param[@name='Missed']"/>
    public ImmutableArray<Occurrence>? Missed => _joined.Missed;

    /// <summary>One call at a time.</summary>
    /// <returns>Null when the hub restarted, or could not wait for this client: what came since is to be looked up.</returns>
    public async Task<Backlog?> NextAsync()
    {
        try
        {
            if (!await _joined.Heard.WaitToReadAsync(_over.Token) || !_joined.Heard.TryRead(out var backlog))
            {
                return null;
            }

            if (backlog.Gap == Gap.Overflow)
            {
                _overflowed();
            }

            return backlog;
        }
        catch (BufferOverflowException)
        {
            _overflowed();
            return null;
        }
        catch (Exception e) when (_over.IsCancellationRequested || e is AbruptTerminationException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _left.Cancel();
        _left.Dispose();
        _over.Dispose();
    }
}
