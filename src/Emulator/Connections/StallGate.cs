namespace AkkaComfy.Emulator.Connections;

/// <summary>Where everything in a process stops while the process is frozen.</summary>
internal sealed class StallGate
{
    private readonly Lock _gate = new();
    private volatile TaskCompletionSource? _closed;
    private bool _retired;

    public bool IsClosed => _closed is not null;

    /// <summary>Completes as soon as the process is not frozen.</summary>
    public Task PassAsync() => _closed?.Task ?? Task.CompletedTask;

    public void Set(bool closed)
    {
        TaskCompletionSource? opened = null;
        lock (_gate)
        {
            if (closed && !_retired)
            {
                _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else
            {
                (opened, _closed) = (_closed, null);
            }
        }

        opened?.TrySetResult();
    }

    /// <summary>Opens for good: nothing waits in a process that is no more.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _retired = true;
        }

        Set(closed: false);
    }
}
