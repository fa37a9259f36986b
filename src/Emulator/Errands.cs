namespace AkkaComfy.Emulator;

/// <summary>What runs on its own until it is done, and can be waited for; being cancelled is a way of being done.</summary>
internal sealed class Errands
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    public void Run(Func<Task> errand)
    {
        lock (_gate)
        {
            var task = Task.Run(() => RunAsync(errand));
            _running.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <exception cref="AggregateException">An errand has failed.</exception>
    public async Task WhenDone()
    {
        while (true)
        {
            Task[] running;
            lock (_gate)
            {
                running = [.. _running];
            }

            if (running.Length == 0)
            {
                return;
            }

            await Task.WhenAll(running);
            lock (_gate)
            {
                _running.ExceptWith(running);
            }
        }
    }

    private static async Task RunAsync(Func<Task> errand)
    {
        try
        {
            await errand();
        }
        catch (OperationCanceledException)
        {
            // The emulator ends.
        }
    }

    /// <summary>A failed one stays, for whoever waits to learn of it.</summary>
    private void Forget(Task task)
    {
        lock (_gate)
        {
            if (task.IsCompletedSuccessfully)
            {
                _running.Remove(task);
            }
        }
    }
}
