namespace Akka.Dispatch;

/// <summary>The thread that sends; for tests that want no concurrency.</summary>
internal sealed class CallingThreadDispatcher(string id) : MessageDispatcher(id, int.MaxValue)
{
    private protected override void Schedule(IThreadPoolWorkItem item, bool preferLocal) => item.Execute();
}
