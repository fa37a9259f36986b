namespace Akka.Actor;

/// <summary>Cancels what may be absent.</summary>
public static class CancelableExtensions
{
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}
