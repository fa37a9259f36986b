using Akka.Actor;

namespace AkkaComfy.Runtime.Internals.Tests.Time;

public sealed class TimerWheelTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly ManualTime _time = new();
    private readonly List<string> _fired = [];
    private readonly List<Exception> _faults = [];
    private readonly TimerWheel _wheel;

    public TimerWheelTests() => _wheel = new TimerWheel(_time, Tick, 8, _faults.Add);

    public void Dispose() => _wheel.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(81)]
    [InlineData(12_345)]
    public void An_entry_fires_never_early_and_at_most_a_tick_late(int milliseconds)
    {
        Start("x", milliseconds);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);
        _time.Advance(Tick + TimeSpan.FromMilliseconds(1));
        Assert.Equal(["x"], _fired);
    }

    [Fact]
    public void Entries_fire_in_the_order_of_their_times_and_then_of_their_start()
    {
        Start("c", 300);
        Start("a1", 100);
        Start("b", 200);
        Start("a2", 100);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a1", "a2", "b", "c"], _fired);
    }

    [Fact]
    public void A_cancelled_entry_does_not_fire()
    {
        var entry = Start("x", 100);
        Start("y", 100);
        Assert.True(_wheel.Cancel(entry));
        Assert.False(_wheel.Cancel(entry));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["y"], _fired);
    }

    [Fact]
    public void An_entry_may_cancel_one_that_is_due_in_the_same_tick()
    {
        WheelEntry? second = null;
        Start(() => _wheel.Cancel(second!), 100);
        second = Start("x", 100);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public void A_repeated_entry_keeps_its_pace_after_a_late_tick()
    {
        _wheel.TryStart(new Entry(() => _fired.Add("x")) { Interval = TimeSpan.FromMilliseconds(50) }, Tick);
        for (var i = 0; i < 4; i++)
            _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(4, _fired.Count);
    }

    [Fact]
    public void A_repeated_entry_may_cancel_itself()
    {
        Entry? entry = null;
        entry = new Entry(() =>
        {
            _fired.Add("x");
            _wheel.Cancel(entry!);
        }) { Interval = Tick };
        _wheel.TryStart(entry, Tick);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["x"], _fired);
    }

    [Fact]
    public void An_entry_may_start_another()
    {
        Start(() => Start("inner", 50), 50);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(["inner"], _fired);
    }

    [Fact]
    public void A_fault_is_reported_and_the_wheel_turns_on()
    {
        Start(() => throw new FormatException("x"), 50);
        Start("after", 50);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.IsType<FormatException>(Assert.Single(_faults));
        Assert.Equal(["after"], _fired);
    }

    [Fact]
    public void An_empty_wheel_stands_still()
    {
        Assert.Equal(0, _time.Armed);
        Start("x", 50);
        Assert.Equal(1, _time.Armed);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(0, _time.Armed);
        _time.Advance(TimeSpan.FromDays(1));
        Start("y", 50);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(["x", "y"], _fired);
    }

    [Fact]
    public void A_disposed_wheel_fires_nothing_and_takes_nothing()
    {
        Start("x", 50);
        _wheel.Dispose();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Empty(_fired);
        Assert.False(_wheel.TryStart(new Entry(() => _fired.Add("y")), Tick));
    }

    private Entry Start(string name, int milliseconds) => Start(() => _fired.Add(name), milliseconds);

    private Entry Start(Action action, int milliseconds)
    {
        var entry = new Entry(action);
        _wheel.TryStart(entry, TimeSpan.FromMilliseconds(milliseconds));
        return entry;
    }

    private sealed class Entry(Action action) : WheelEntry
    {
        public override void Fire() => action();
    }
}
