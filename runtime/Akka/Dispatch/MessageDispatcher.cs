using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Gives actors their turns on some threads.</summary>
public abstract class MessageDispatcher(string id, int throughput)
{
    public string Id { get; } = id;

    /// <summary>Messages an actor may handle before it gives its thread to another.</summary>
    public int Throughput { get; } = throughput;

    public void Schedule(Action run) => Schedule(new ActionItem(run), preferLocal: false);
    public void Schedule(IRunnable run) => Schedule(run.Run);

    /// <summary>Gives a cell, whose turn it now is, a thread.</summary>
    internal virtual void Execute(ActorCell cell) => Schedule(cell, preferLocal: true);

    /// <summary>Lets a cell take its turn on the calling thread.</summary>
    internal virtual void Run(ActorCell cell) => cell.TakeTurn();

    /// <summary>Gives a cell that has used up its turn another one, behind all that wait.</summary>
    internal virtual void Yield(ActorCell cell) => Schedule(cell, preferLocal: false);

    /// <summary>The system has terminated.</summary>
    internal virtual void Stop() { }

    private protected abstract void Schedule(IThreadPoolWorkItem item, bool preferLocal);

    private sealed class ActionItem(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}

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
