using AkkaComfy.Host.Logging;

namespace AkkaComfy.Host.Tests.Logging;

public sealed class SelfLogReportsTests
{
    [Fact]
    public void A_thousand_failures_are_told_once_and_counted()
    {
        using var told = new StringWriter();
        var time = new Clock();
        var reports = new SelfLogReports(told, time);

        for (var failure = 0; failure < 1000; failure++)
        {
            reports.Tell("No space left on device");
        }

        var first = told.ToString();
        time.Now += TimeSpan.FromMinutes(1);
        reports.Tell("No space left on device");

        Assert.Single(first.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("999 more", told.ToString(), StringComparison.Ordinal);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
