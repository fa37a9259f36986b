using AkkaComfy.Host.Logging;
using Serilog.Events;

namespace AkkaComfy.Host.Tests.Logging;

public sealed class LogLevelsTests
{
    private readonly TimersByHand _time = new();

    [Fact]
    public void Third_parties_are_quieter_than_we_are()
    {
        using var levels = new LogLevels(LogEventLevel.Debug, _time);

        Assert.Equal(LogEventLevel.Debug, Level(levels, null));
        Assert.Equal(LogEventLevel.Debug, Level(levels, "ComfyUI"));
        Assert.Equal(LogEventLevel.Warning, Level(levels, "Microsoft"));
        Assert.Equal(LogEventLevel.Error, Level(levels, "Microsoft.AspNetCore.Server.Kestrel"));
    }

    [Fact]
    public void A_level_for_all_moves_every_source_without_one_of_its_own()
    {
        using var levels = new LogLevels(LogEventLevel.Information, _time);

        levels.Set("AkkaComfy.Actors", LogEventLevel.Debug, null);
        levels.Set(null, LogEventLevel.Error, null);

        Assert.Equal(LogEventLevel.Error, Level(levels, null));
        Assert.Equal(LogEventLevel.Error, Level(levels, "Microsoft"));
        Assert.Equal(LogEventLevel.Debug, Level(levels, "AkkaComfy.Actors"));

        levels.Set("AkkaComfy.Actors", null, null);
        levels.Set(null, null, null);

        Assert.Equal(LogEventLevel.Information, Level(levels, null));
        Assert.Equal(LogEventLevel.Information, Level(levels, "AkkaComfy.Actors"));
    }

    [Fact]
    public void A_change_for_a_while_is_taken_back_when_that_is_over()
    {
        using var levels = new LogLevels(LogEventLevel.Information, _time);

        levels.Set(null, LogEventLevel.Debug, TimeSpan.FromMinutes(10));
        Assert.Equal(_time.GetUtcNow().AddMinutes(10), levels.Show()[0].Until);
        _time.Fire();

        Assert.Equal(LogEventLevel.Information, Level(levels, null));
        Assert.Null(levels.Show()[0].Until);
    }

    [Fact]
    public void The_end_of_a_change_does_not_take_back_a_later_one()
    {
        using var levels = new LogLevels(LogEventLevel.Information, _time);
        levels.Set(null, LogEventLevel.Debug, TimeSpan.FromMinutes(10));

        levels.Set(null, LogEventLevel.Warning, null);
        _time.Fire();

        Assert.Equal(LogEventLevel.Warning, Level(levels, null));
    }

    private static LogEventLevel Level(LogLevels levels, string? source) =>
        levels.Show().Single(state => state.Source == source).Level;

    /// <summary>Its clock stands still; its timers fire when told to, whether or not they were disposed of.</summary>
    private sealed class TimersByHand : TimeProvider
    {
        private readonly List<Action> _timers = [];

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add(() => callback(state));
            return new Timer();
        }

        public void Fire() => _timers.ForEach(timer => timer());

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
