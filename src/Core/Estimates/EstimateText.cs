using AkkaComfy.Messages;

namespace AkkaComfy.Core.Estimates;

/// <summary>Words an estimate for people.</summary>
public static class EstimateText
{
    public const string Unknown = "unknown";

    private const double MinutesFrom = 180;

    public static string Of(Estimate? estimate)
    {
        if (estimate is null)
        {
            return Unknown;
        }

        return estimate.High.TotalSeconds < MinutesFrom
            ? Range(estimate.Low.TotalSeconds, estimate.High.TotalSeconds, "second")
            : Range(estimate.Low.TotalMinutes, estimate.High.TotalMinutes, "minute");
    }

    private static string Range(double low, double high, string unit)
    {
        var from = Math.Max(1, (long)Math.Floor(low));
        var to = Math.Max(from, (long)Math.Ceiling(high));
        return (from, to) switch
        {
            (1, 1) => $"1 {unit}",
            _ when from == to => $"{to} {unit}s",
            _ => $"{from}-{to} {unit}s",
        };
    }
}
