using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Bench.Fleet;

/// <summary>How busy emulated GPUs were, by their own ledgers.</summary>
/// <param name="Window">From the first start to the last end on any of them.</param>
/// <param name="Busy">Share of the window during which an instance executed, by instance.</param>
/// <param name="Gaps">Times between one execution's end and the next one's start on the same instance, ascending.</param>
internal sealed record Utilization(TimeSpan Window, IReadOnlyList<double> Busy, IReadOnlyList<TimeSpan> Gaps)
{
    public static Utilization Of(IReadOnlyList<IReadOnlyList<ExecutionRecord>> ledgers)
    {
        var all = ledgers.SelectMany(ledger => ledger).ToArray();
        var window = all.Max(EndOf) - all.Min(execution => execution.Started);
        var busy = ledgers.Select(ledger =>
            ledger.Sum(execution => (EndOf(execution) - execution.Started).Ticks) / (double)window.Ticks);
        var gaps = ledgers.SelectMany(ledger =>
            ledger.Zip(ledger.Skip(1), (before, after) => after.Started - EndOf(before)));
        return new Utilization(window, [.. busy], [.. gaps.Order()]);
    }

    public TimeSpan Gap(double quantile) => Gaps[(int)(quantile * (Gaps.Count - 1))];

    private static DateTimeOffset EndOf(ExecutionRecord execution) => execution.Ended
        ?? throw new InvalidOperationException($"prompt {execution.PromptId} still runs");
}
