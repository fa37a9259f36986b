using AkkaComfy.Core.Estimates;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Statistics;

/// <summary>Counts how jobs ended, and remembers how long the last of them executed.</summary>
internal sealed class Tally
{
    /// <summary>Of how many jobs the times are remembered.</summary>
    public const int Remembered = 1000;

    private readonly DurationStats _executions = new(Remembered);
    private long _completed;
    private long _failed;
    private long _cancelled;
    private long _requeued;

    public void Count(LiveEvents.JobChanged step)
    {
        _ = step.Step switch
        {
            JobStep.Completed => _completed++,
            JobStep.Failed => _failed++,
            JobStep.Cancelled => _cancelled++,
            _ => _requeued++,
        };
        if (step is { Step: JobStep.Completed, StartedAt: { } startedAt })
        {
            _executions.Record(step.At - startedAt);
        }
    }

    public OutcomeFigures Read() =>
        new(_completed, _failed, _cancelled, _requeued, TimeFigures.Of(_executions));
}
