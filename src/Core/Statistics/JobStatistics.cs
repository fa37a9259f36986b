using AkkaComfy.Core.Estimates;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Statistics;

/// <summary>How jobs went since the process began: in all, and on each instance. Safe for any number of threads.</summary>
public sealed class JobStatistics
{
    private readonly Lock _gate = new();
    private readonly Tally _all = new();
    private readonly SortedDictionary<InstanceId, Tally> _byInstance = [];
    private readonly DurationStats _queueWaits = new(Tally.Remembered);
    private readonly DurationStats _durations = new(Tally.Remembered);
    private long _submitted;

    public void Count(LiveEvents.JobChanged step)
    {
        lock (_gate)
        {
            switch (step.Step)
            {
                case JobStep.Submitted:
                    _submitted++;
                    break;
                case JobStep.Dispatched:
                    _queueWaits.Record(step.At - step.QueuedAt);
                    break;
                case JobStep.Requeued or JobStep.Completed or JobStep.Failed or JobStep.Cancelled:
                    if (step.HasEnded)
                    {
                        _durations.Record(step.At - step.CreatedAt);
                    }

                    _all.Count(step);
                    if (step is { Before: JobPhase.Processing, On: { } on })
                    {
                        OfInstance(on).Count(step);
                    }

                    break;
            }
        }
    }

    public JobFigures Read()
    {
        lock (_gate)
        {
            return new JobFigures(
                _submitted,
                _all.Read(),
                TimeFigures.Of(_queueWaits),
                TimeFigures.Of(_durations),
                _byInstance.ToDictionary(instance => instance.Key, instance => instance.Value.Read()));
        }
    }

    private Tally OfInstance(InstanceId id)
    {
        if (!_byInstance.TryGetValue(id, out var tally))
        {
            _byInstance.Add(id, tally = new Tally());
        }

        return tally;
    }
}
