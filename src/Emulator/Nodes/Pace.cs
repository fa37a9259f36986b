using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>
/// The progress ticks of a heavy node, spread evenly over the time it should take: a tick is due when that share of
/// both the time and the work is done.
/// </summary>
/// <param name="preview">What clients are shown at a tick, if anything.</param>
internal sealed class Pace(
    NodeContext context,
    TimeSpan total,
    IReadOnlyList<(int Value, int Max)> ticks,
    Func<(int Value, int Max), Picture>? preview = null)
{
    private readonly long _start = context.Options.Time.GetTimestamp();
    private int _sent;

    /// <summary>The ticks of <paramref name="tiles"/> tiles, each reported in steps and then as a tile.</summary>
    public static IReadOnlyList<(int Value, int Max)> Tiles(int tiles, int steps) =>
        [.. Enumerable.Range(1, tiles).SelectMany(tile => Steps(steps).Append((tile, tiles)))];

    public static IEnumerable<(int Value, int Max)> Steps(int steps) =>
        Enumerable.Range(1, steps).Select(step => (step, steps));

    /// <summary>
    /// Takes note of the work done so far, 0 to 1, and sends what is due; for use within a computation.
    /// </summary>
    public void Worked(double share)
    {
        var elapsed = context.Options.Time.GetElapsedTime(_start);
        while (_sent < ticks.Count && Due(_sent) <= elapsed && _sent + 1 <= share * ticks.Count)
        {
            Send();
        }
    }

    /// <summary>
    /// The computation is done: sends the remaining ticks as their time comes, then waits out the rest.
    /// </summary>
    public async Task FinishAsync()
    {
        while (_sent < ticks.Count)
        {
            await SleepUntilAsync(Due(_sent));
            Send();
        }

        await SleepUntilAsync(total);
    }

    private TimeSpan Due(int tick) => total * (tick + 1) / ticks.Count;

    private Task SleepUntilAsync(TimeSpan due) =>
        context.SleepAsync(due - context.Options.Time.GetElapsedTime(_start));

    private void Send()
    {
        var tick = ticks[_sent++];
        context.Progress(tick.Value, tick.Max, preview?.Invoke(tick));
    }
}
