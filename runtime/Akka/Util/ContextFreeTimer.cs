namespace Akka.Util;

/// <summary>Timers that do not keep the execution context of whoever happens to create them.</summary>
internal static class ContextFreeTimer
{
    /// <summary>A timer that stands still until it is changed.</summary>
    public static ITimer Create(TimeProvider time, Action callback)
    {
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return time.CreateTimer(_ => callback(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
