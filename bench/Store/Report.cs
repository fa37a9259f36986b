using System.Globalization;

namespace AkkaComfy.Bench.Store;

/// <summary>Writes figures as a markdown table, row by row.</summary>
internal sealed class Report
{
    private bool _hasHead;

    public void Row(string what, FormattableString figure, string target = "")
    {
        if (!_hasHead)
        {
            Console.WriteLine("| measured | figure | target |");
            Console.WriteLine("|---|---|---|");
            _hasHead = true;
        }

        Console.WriteLine($"| {what} | {figure.ToString(CultureInfo.InvariantCulture)} | {target} |");
    }

    /// <summary>A quantile of durations in ms; sorts them.</summary>
    public static double Quantile(double[] milliseconds, double quantile)
    {
        Array.Sort(milliseconds);
        return milliseconds[(int)Math.Ceiling(quantile * (milliseconds.Length - 1))];
    }
}
