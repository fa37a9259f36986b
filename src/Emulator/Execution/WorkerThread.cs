namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// One thread that runs everything started on it, continuations included, so that nodes may compute for seconds
/// without holding a thread that HTTP needs.
/// </summary>
internal sealed class WorkerThread : TaskScheduler, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Task> _tasks = [];
    private readonly SemaphoreSlim _available = new(0);
    private readonly Thread _thread;
    private readonly Action _ended;
    private TaskCompletionSource _parked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _busy;
    private bool _closed;

    /// <param name="ended">Called on the thread, as the last thing there.</param>
    public WorkerThread(string name, Action ended)
    {
        _ended = ended;
        _thread = new Thread(RunToEnd) { Name = name, IsBackground = true };
        _thread.Start();
    }

    public override int MaximumConcurrencyLevel => 1;

    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Completes when nothing is left to do here until a timer fires or another thread gives work.</summary>
    public Task WhenParked()
    {
        lock (_gate)
        {
            return _busy || _tasks.Count > 0 ? _parked.Task : Task.CompletedTask;
        }
    }

    /// <summary>Ends the thread once its current step is done; what is queued after that never runs.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _available.Release();
        if (Thread.CurrentThread == _thread)
        {
            return;
        }

        _thread.Join();
        _available.Dispose();
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _tasks.Enqueue(task);
        }

        _available.Release();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Thread.CurrentThread == _thread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return [.. _tasks];
        }
    }

    private void RunToEnd()
    {
        try
        {
            Run();
        }
        finally
        {
            _ended();
        }
    }

    private void Run()
    {
        while (true)
        {
            _available.Wait();
            Task task;
            lock (_gate)
            {
                if (_closed)
                {
                    return;
                }

                task = _tasks.Dequeue();
                _busy = true;
            }

            TryExecuteTask(task);
            Park();
        }
    }

    private void Park()
    {
        TaskCompletionSource parked;
        lock (_gate)
        {
            _busy = false;
            if (_tasks.Count > 0)
            {
                return;
            }

            (parked, _parked) = (_parked, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        parked.TrySetResult();
    }
}
