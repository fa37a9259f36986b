namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// Every execution of one emulator, in the order they started, whichever of its processes ran it: what tests and
/// benchmarks believe instead of the protocol. Keeps the newest 100,000.
/// </summary>
public sealed class ExecutionLedger
{
    private const int Capacity = 100_000;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<ExecutionRecord> _records = [];
    private TaskCompletionSource _changed = Signal();

    internal ExecutionLedger(TimeProvider time) => _time = time;

    public IReadOnlyList<ExecutionRecord> Executions
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Waits until the executions so far satisfy <paramref name="condition"/>, and returns them.</summary>
    public async Task<IReadOnlyList<ExecutionRecord>> WaitAsync(
        Func<IReadOnlyList<ExecutionRecord>, bool> condition, CancellationToken ct = default)
    {
        while (true)
        {
            Task changed;
            IReadOnlyList<ExecutionRecord> executions;
            lock (_gate)
            {
                (changed, executions) = (_changed.Task, [.. _records]);
            }

            if (condition(executions))
            {
                return executions;
            }

            await changed.WaitAsync(ct);
        }
    }

    internal (DateTimeOffset Wall, TimeSpan Clock) Now => (_time.GetUtcNow(), _time.GetElapsedTime(0));

    internal void Start(string promptId, string? tag) => Change(() =>
    {
        if (_records.Count == Capacity)
        {
            _records.RemoveAt(0);
        }

        var now = Now;
        _records.Add(new ExecutionRecord(promptId, tag, now.Wall) { StartClock = now.Clock });
    });

    /// <summary>Ends the execution that runs; there is at most one.</summary>
    internal void End(ExecutionOutcome outcome, (DateTimeOffset Wall, TimeSpan Clock) at) => Change(() =>
    {
        if (_records is [.., { Outcome: ExecutionOutcome.Running } running])
        {
            _records[^1] = running with { Ended = at.Wall, EndClock = at.Clock, Outcome = outcome };
        }
    });

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, Signal());
        }

        changed.TrySetResult();
    }
}
