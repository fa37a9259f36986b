using AkkaComfy.Messages;

namespace AkkaComfy.Core.Estimates;

/// <summary>A job that has been dispatched.</summary>
/// <param name="Elapsed">Since its start on the GPU; zero while it waits in its instance's own queue.</param>
public readonly record struct RunningJob(WorkflowName Workflow, TimeSpan Elapsed, int Percentage);

/// <summary>Expects from what was measured, and says nothing before; owned by one actor.</summary>
/// <remarks>One GPU executes one job at a time, however many slots its instance has.</remarks>
public sealed class Estimator
{
    // Below this, a percentage says too little to divide by.
    private const int LeastPercentage = 10;

    private static readonly TimeSpan LeastRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostRetry = TimeSpan.FromMinutes(5);

    private readonly Dictionary<WorkflowName, WorkflowDurations> _byWorkflow = [];
    private readonly DurationStats _all = new();

    /// <summary>Records a completed job.</summary>
    /// <param name="execution">From its start on the GPU to its end.</param>
    /// <param name="total">From its submission to its end.</param>
    public void Completed(WorkflowName workflow, TimeSpan execution, TimeSpan total)
    {
        if (!_byWorkflow.TryGetValue(workflow, out var durations))
        {
            _byWorkflow[workflow] = durations = new WorkflowDurations(new DurationStats(), new DurationStats());
        }

        durations.Execution.Record(execution);
        durations.Total.Record(total);
        _all.Record(execution);
    }

    /// <returns>Null before a job of that workflow has completed.</returns>
    public WorkflowDurations? DurationsOf(WorkflowName workflow) => _byWorkflow.GetValueOrDefault(workflow);

    /// <summary>The time to the end of a job that is about to join the queue.</summary>
    /// <param name="gpus">Usable instances.</param>
    /// <returns>Null before anything was measured for the workflow, and while no instance is usable.</returns>
    public Estimate? ForNew(WorkflowName workflow, int pendingAhead, IReadOnlyCollection<RunningJob> running, int gpus)
    {
        if (gpus <= 0 || DurationsOf(workflow) is not { } own)
        {
            return null;
        }

        return new Estimate(At(0.5), At(0.1), At(0.9));

        TimeSpan At(double share)
        {
            var execution = own.Execution.Percentile(share)!.Value;
            if (pendingAhead + running.Count < gpus)
            {
                return execution;
            }

            var work = running.Aggregate(TimeSpan.Zero, (sum, job) => sum + LeftOf(job, share));
            return execution + ((work + (pendingAhead * _all.Percentile(share)!.Value)) / gpus);
        }
    }

    /// <summary>The time to the end of a running job, from its progress and from how long others took.</summary>
    /// <returns>Null when neither says anything.</returns>
    public TimeSpan? Remaining(RunningJob job)
    {
        var fromHistory = DurationsOf(job.Workflow)?.Execution.MedianBeyond(job.Elapsed);
        TimeSpan? fromProgress = job.Percentage >= LeastPercentage && job.Elapsed > TimeSpan.Zero
            ? job.Elapsed * ((100.0 - job.Percentage) / job.Percentage)
            : null;
        if (fromHistory is not { } history || fromProgress is not { } progress)
        {
            return fromHistory ?? fromProgress;
        }
        // The further a job is, the more its own pace says.
        var weight = job.Percentage / 100.0;
        return (history * (1 - weight)) + (progress * weight);
    }

    /// <summary>When a full queue is likely to have room: the measured time between two completions.</summary>
    /// <returns>Null before anything was measured, and while no instance is usable.</returns>
    public TimeSpan? RetryAfter(int gpus)
    {
        if (gpus <= 0 || _all.Mean is not { } mean)
        {
            return null;
        }

        var between = mean / gpus;
        return between < LeastRetry ? LeastRetry : between > MostRetry ? MostRetry : between;
    }

    // Whichever of the clock and the reported progress promises less; an overdue job is about to end.
    private TimeSpan LeftOf(RunningJob job, double share)
    {
        var typical = (DurationsOf(job.Workflow)?.Execution ?? _all).Percentile(share)!.Value;
        var byProgress = typical * ((100.0 - job.Percentage) / 100.0);
        var byClock = job.Elapsed < typical ? typical - job.Elapsed : TimeSpan.Zero;
        return byClock < byProgress ? byClock : byProgress;
    }
}
