namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// The one interrupt flag of a ComfyUI: whoever looks first at a progress tick or between nodes takes it.
/// </summary>
internal sealed class Interrupts
{
    private int _requested;

    public void Request() => Volatile.Write(ref _requested, 1);

    public void Reset() => Volatile.Write(ref _requested, 0);

    /// <exception cref="NodeInterruptedException">An interrupt was requested; it is spent now.</exception>
    public void ThrowIfRequested()
    {
        if (Interlocked.Exchange(ref _requested, 0) == 1)
        {
            throw new NodeInterruptedException();
        }
    }
}

/// <summary>The node that runs was interrupted.</summary>
internal sealed class NodeInterruptedException : Exception;
