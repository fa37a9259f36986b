namespace Akka.Actor;

/// <summary>What was cancelled from the start.</summary>
public sealed class AlreadyCanceledCancelable : ICancelable
{
    private AlreadyCanceledCancelable() { }

    public static ICancelable Instance { get; } = new AlreadyCanceledCancelable();

    public bool IsCancellationRequested => true;
    public CancellationToken Token { get; } = new(canceled: true);

    public void Cancel() { }
    void ICancelable.Cancel(bool throwOnFirstException) { }
    void ICancelable.CancelAfter(TimeSpan delay) { }
    void ICancelable.CancelAfter(int millisecondsDelay) { }
}
