namespace Akka.Dispatch;

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
