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

/// <summary>The thread that sends; for tests that want no concurrency.</summary>
internal sealed class CallingThreadDispatcher(string id) : MessageDispatcher(id, int.MaxValue)
{
    private protected override void Schedule(IThreadPoolWorkItem item, bool preferLocal) => item.Execute();
}

/// <summary>One thread of its own, for actors that block.</summary>
internal sealed class PinnedDispatcher : MessageDispatcher
{
    private readonly System.Collections.Concurrent.BlockingCollection<IThreadPoolWorkItem> _items = [];

    public PinnedDispatcher(string id, int throughput) : base(id, throughput)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = id };
        thread.UnsafeStart();
    }

    internal override void Stop() => _items.CompleteAdding();

    private protected override void Schedule(IThreadPoolWorkItem item, bool preferLocal)
    {
        try
        {
            _items.Add(item);
        }
        catch (InvalidOperationException)
        {
            // The system has terminated; what is left to do is done on the pool.
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal);
        }
    }

    private void Run()
    {
        foreach (var item in _items.GetConsumingEnumerable())
            item.Execute();
    }
}
