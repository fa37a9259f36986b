using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Client;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>For how long what the service cannot do is tried again.</summary>
public sealed class PatienceTests
{
    private static readonly CommandException Cause = new(ExitCodes.Failure, "busy", "busy");

    private readonly Clock _clock = new();

    [Fact]
    public async Task It_lasts_from_the_first_wait_and_not_from_what_went_well_before()
    {
        var outage = new Patience(TimeSpan.FromSeconds(3)).Of(_clock);
        _clock.Advance(TimeSpan.FromHours(1));

        await outage.WaitAsync(null, Cause, CancellationToken.None);
        await outage.WaitAsync(TimeSpan.FromSeconds(2), Cause, CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(3), _clock.Waited);
        Assert.Same(Cause, await Assert.ThrowsAsync<CommandException>(
            () => outage.WaitAsync(null, Cause, CancellationToken.None)));
    }

    [Fact]
    public async Task What_takes_longer_than_there_is_patience_is_not_waited_for_at_all()
    {
        await Assert.ThrowsAsync<CommandException>(() => new Patience(TimeSpan.FromSeconds(20)).Of(_clock)
            .WaitAsync(TimeSpan.FromSeconds(30), Cause, CancellationToken.None));

        Assert.Equal(TimeSpan.Zero, _clock.Waited);
    }

    /// <summary>Every wait is over at once, and noted.</summary>
    private sealed class Clock : TimeProvider
    {
        private TimeSpan _now;

        public TimeSpan Waited { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public void Advance(TimeSpan by) => _now += by;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime;
            Advance(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
