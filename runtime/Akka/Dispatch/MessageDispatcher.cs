using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Something that can be run.</summary>
public interface IRunnable
{
    void Run();
}

/// <summary>Runs an action.</summary>
public sealed class ActionRunnable(Action action) : IRunnable
{
    public void Run() => action();
}

/// <summary>Gives actors their turns on some threads.</summary>
public abstract class MessageDispatcher
{
    private protected MessageDispatcher(string id, int throughput)
    {
        Id = id;
        Throughput = throughput;
    }

    public string Id { get; }

    /// <summary>Messages an actor may handle before it gives its thread to another.</summary>
    public int Throughput { get; }

    public void Schedule(Action run) => Schedule(new ActionItem(run), preferLocal: false);

    public void Schedule(IRunnable run) => Schedule(run.Run);

    /// <summary>Gives a cell, whose turn it now is, a thread.</summary>
    internal virtual void Execute(ActorCell cell) => Schedule(cell, preferLocal: true);

    /// <summary>Gives a cell that has used up its turn another one, behind all that wait.</summary>
    internal virtual void Yield(ActorCell cell) => Schedule(cell, preferLocal: false);

    /// <summary>The system has terminated.</summary>
    internal virtual void Stop()
    {
    }

    private protected abstract void Schedule(IThreadPoolWorkItem item, bool preferLocal);

    private sealed class ActionItem(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}

/// <summary>The shared thread pool.</summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    // A thread serves its own queue before the common one. Actors that keep waking each other would never let it get
    // there; so now and then one of them has to queue with everybody else.
    private const int LocalTurnsInARow = 32;

    [ThreadStatic]
    private static int t_localTurns;

    private protected override void Schedule(IThreadPoolWorkItem item, bool preferLocal)
    {
        if (preferLocal && ++t_localTurns == LocalTurnsInARow)
        {
            t_localTurns = 0;
            preferLocal = false;
        }
        ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal);
    }
}

/// <summary>One thread of its own, for actors that block.</summary>
internal sealed class PinnedDispatcher : MessageDispatcher
{
    private readonly System.Collections.Concurrent.BlockingCollection<IThreadPoolWorkItem> _items = [];

    public PinnedDispatcher(string id, int throughput)
        : base(id, throughput)
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

/// <summary>The thread that sends; for tests that want no concurrency.</summary>
internal sealed class CallingThreadDispatcher(string id) : MessageDispatcher(id, int.MaxValue)
{
    private protected override void Schedule(IThreadPoolWorkItem item, bool preferLocal) => item.Execute();
}
