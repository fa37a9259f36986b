using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// The shared thread pool. An actor that is woken by another one's turn takes its own right after it on the same
/// thread, without a trip through the pool's queues; see <see cref="Lane"/>.
/// </summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    // Actors that keep waking each other would never give the thread back. Whoever is next after so many turns queues
    // with everybody else.
    private const int TurnsInARow = 32;

    internal override void Execute(ActorCell cell)
    {
        if (Lane.OfThisThread is not { IsRunning: true } lane || !lane.TryPut(cell))
            Schedule(cell, preferLocal: true);
    }

    internal override void Run(ActorCell cell)
    {
        var lane = Lane.Enter();
        cell.TakeTurn();
        for (var turns = 1; turns < TurnsInARow && lane.Take() is { } next; turns++)
            next.TakeTurn();
        lane.IsRunning = false;
        if (lane.Take() is { } last)
            Schedule(last, preferLocal: false);
    }

    private protected override void Schedule(IThreadPoolWorkItem item, bool preferLocal) =>
        ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal);
}
