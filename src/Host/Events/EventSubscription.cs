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
    private bool _isDisposed;

    /// <param name="left">Ends the listening; owned by this from now on.</param>
    internal EventSubscription(Listening.Joined joined, CancellationTokenSource left)
    {
        (_joined, _left) = (joined, left);
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
            return await _joined.Heard.WaitToReadAsync(_over.Token) && _joined.Heard.TryRead(out var backlog)
                ? backlog
                : null;
        }
        catch (Exception e) when (_over.IsCancellationRequested || e is BufferOverflowException or AbruptTerminationException)
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
