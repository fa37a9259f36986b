namespace AkkaComfy.Actors.Tests.Faults.Support;

/// <summary>Calls that a test holds back, to let them go when it sees fit: in order, late, or never.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];

    /// <summary>Whether calls from now on wait.</summary>
    public bool IsShut { get; set; }

    /// <summary>Whether a held call goes on waiting though its caller gave it up: its answer comes late.</summary>
    public bool IgnoresCancellation { get; set; }

    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    public Task PassAsync(CancellationToken cancellationToken)
    {
        if (!IsShut)
        {
            return Task.CompletedTask;
        }

        // Whoever lets go runs what was held: the test knows when that is done.
        var held = new TaskCompletionSource();
        lock (_lock)
        {
            _waiting.Add(held);
        }

        if (!IgnoresCancellation)
        {
            cancellationToken.Register(() =>
            {
                Forget(held);
                held.TrySetCanceled(cancellationToken);
            });
        }

        return held.Task;
    }

    /// <summary>Lets everything go, and opens.</summary>
    public void Open()
    {
        IsShut = false;
        TaskCompletionSource[] waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        Inline.Run(() => Array.ForEach(waiting, held => held.TrySetResult()));
    }

    private void Forget(TaskCompletionSource held)
    {
        lock (_lock)
        {
            _waiting.Remove(held);
        }
    }
}
