namespace AkkaComfy.Host.Telemetry.Collection;

/// <summary>What one instrument said under one set of labels. Safe for any number of threads.</summary>
internal abstract class Series
{
    protected Lock Gate { get; } = new();

    public abstract void Take(double value);

    public abstract Reading Read();
}

/// <summary>Adds up: of a counter, or of one that also goes down.</summary>
internal sealed class SumSeries : Series
{
    private double _sum;

    public override void Take(double value)
    {
        lock (Gate)
        {
            _sum += value;
        }
    }

    public override Reading Read()
    {
        lock (Gate)
        {
            return new Reading.Number(_sum);
        }
    }
}

/// <summary>Keeps the last value: of a gauge, and of an observed counter, which says its whole sum.</summary>
internal sealed class LastSeries : Series
{
    private double _last;

    public override void Take(double value) => Volatile.Write(ref _last, value);

    public override Reading Read() => new Reading.Number(Volatile.Read(ref _last));
}

/// <summary>Sorts values into buckets by their upper bounds, which belong to them.</summary>
internal sealed class BucketSeries(double[] bounds) : Series
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public override void Take(double value)
    {
        var found = Array.BinarySearch(bounds, value);
        lock (Gate)
        {
            _counts[found < 0 ? ~found : found]++;
            _sum += value;
        }
    }

    public override Reading Read()
    {
        lock (Gate)
        {
            return new Reading.Buckets(bounds, [.. _counts], _sum);
        }
    }
}
