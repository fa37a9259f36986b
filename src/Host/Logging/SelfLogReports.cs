namespace AkkaComfy.Host.Logging;

/// <summary>Tells of a log that cannot be written, at most once in a while: a full disk must not flood the console.</summary>
internal sealed class SelfLogReports(TextWriter to, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _toldAt;
    private int _untold;

    /// <summary>One for the process, as Serilog's own log is.</summary>
    public static SelfLogReports ToStandardError { get; } = new(Console.Error, TimeProvider.System);

    public void Tell(string report)
    {
        lock (_gate)
        {
            if (_toldAt is { } before && time.GetElapsedTime(before) < Pause)
            {
                _untold++;
                return;
            }

            to.WriteLine($"The log cannot be written as it should: {Redaction.Of(report)}");
            if (_untold > 0)
            {
                to.WriteLine($"({_untold} more such reports since the last one)");
            }

            (_toldAt, _untold) = (time.GetTimestamp(), 0);
        }
    }
}
