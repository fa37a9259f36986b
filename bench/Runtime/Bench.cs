using System.Globalization;
using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>One thing measured: a number per run, the higher the better unless its unit says otherwise.</summary>
internal interface IMeasurement
{
    string Name { get; }
    string Unit { get; }
    bool LowerIsBetter => false;

    /// <summary>Measures once, in a fresh actor system.</summary>
    Task<Sample> Measure(ActorSystem system);
}

internal sealed record Sample(double Value, string Notes = "");

internal static class Bench
{
    private const int Runs = 5;

    public static async Task Run(IMeasurement measurement)
    {
        await Once(measurement);
        var samples = new List<Sample>();
        for (var run = 0; run < Runs; run++)
            samples.Add(await Once(measurement));
        samples.Sort(static (left, right) => left.Value.CompareTo(right.Value));
        var median = samples[Runs / 2];
        var best = measurement.LowerIsBetter ? samples[0] : samples[^1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {measurement.Name,-32} | {median.Value,14:N0} " +
            $"| {best.Value,14:N0} | {measurement.Unit,-8} | {median.Notes}"));
    }

    private static async Task<Sample> Once(IMeasurement measurement)
    {
        var system = ActorSystem.Create("bench",
            "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }");
        try
        {
            GC.Collect();
            return await measurement.Measure(system);
        }
        finally
        {
            await system.Terminate();
        }
    }

    public static double PerSecond(long count, long startTimestamp) =>
        count / TimeProvider.System.GetElapsedTime(startTimestamp).TotalSeconds;
}
