namespace AkkaComfy.Host.Telemetry.Collection;

/// <summary>The value of a series at one moment.</summary>
internal abstract record Reading
{
    private Reading()
    {
    }

    internal sealed record Number(double Value) : Reading;

    /// <param name="Bounds">Upper bounds, ascending.</param>
    /// <param name="Counts">How many fell into each; the last is beyond all bounds.</param>
    internal sealed record Buckets(IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts, double Sum) : Reading;
}
