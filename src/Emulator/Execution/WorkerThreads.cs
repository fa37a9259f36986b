namespace AkkaComfy.Emulator.Execution;

/// <summary>Starts worker threads and counts those that have not ended.</summary>
internal sealed class WorkerThreads
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The caller disposes it.</summary>
    public WorkerThread Start(string name)
    {
        Interlocked.Increment(ref _count);
        return new WorkerThread(name, () => Interlocked.Decrement(ref _count));
    }
}
