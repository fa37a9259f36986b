using System.Diagnostics.Metrics;
using AkkaComfy.Actors.Journal;

namespace AkkaComfy.Actors.Telemetry;

/// <summary>Times the journal's commits, and shows what waits for them.</summary>
public sealed class JournalMeter
{
    private static readonly double[] Steps = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
    private static readonly double[] Seconds =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Histogram<double> _batch;
    private readonly Histogram<double> _commit;
    private volatile Journaling.Depth? _depth;

    public JournalMeter(Meter meter)
    {
        _batch = Metrics.JournalBatch.HistogramOf(meter, Steps);
        _commit = Metrics.JournalCommit.HistogramOf(meter, Seconds);
        Metrics.JournalWaiting.Observe(meter, () => Now(depth => depth.Waiting));
        Metrics.JournalAvailable.Observe(meter, () => Now(depth => depth.IsDown ? 0 : 1));
    }

    public void Show(Journaling.Depth depth) => _depth = depth;

    public void Count(Journaling.BatchRecorded batch)
    {
        _batch.Record(batch.Steps);
        _commit.Record(batch.Took.TotalSeconds);
    }

    private IEnumerable<Measurement<double>> Now(Func<Journaling.Depth, double> value) =>
        _depth is { } depth ? [new Measurement<double>(value(depth))] : [];
}
