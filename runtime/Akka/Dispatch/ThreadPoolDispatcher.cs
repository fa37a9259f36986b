namespace Akka.Dispatch;

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
