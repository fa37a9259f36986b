namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>Completes what others await on this very thread: when it is done, they have gone on.</summary>
internal static class Inline
{
    public static void Run(Action completes)
    {
        // A context, such as the test runner's, would have the continuations posted elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            completes();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
