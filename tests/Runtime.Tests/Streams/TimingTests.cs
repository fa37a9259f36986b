using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

/// <summary>Short times, and no statement about how soon anything happens.</summary>
public sealed class TimingTests : StreamTest
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public Task KeepAlive_fills_in_for_a_silent_upstream() =>
        AssertEmits(Source.Never<int>().KeepAlive(Short, () => -1).Take(2), -1, -1);

    [Fact]
    public Task KeepAlive_is_silent_while_its_upstream_is_not() =>
        AssertEmits(Numbers(3).KeepAlive(Long, () => -1), 1, 2, 3);

    [Fact]
    public async Task GroupedWithin_emits_a_group_that_is_full_at_once() => Assert.Equal(
        [1, 2],
        await Numbers(2).Concat(Source.Never<int>()).GroupedWithin(2, Long)
            .RunWith(Sink.First<IEnumerable<int>>(), Materializer).WaitAsync(Patience));

    [Fact]
    public async Task GroupedWithin_emits_a_group_that_has_waited_long_enough() => Assert.Equal(
        [1, 2],
        (await Emitted(Numbers(2).Concat(Source.Never<int>()).GroupedWithin(100, Short)
            .SelectMany(group => group).Take(2))).Order());

    [Fact]
    public async Task GroupedWithin_emits_what_it_has_when_its_upstream_ends() =>
        Assert.Equal([1, 2, 3], (await Emitted(Numbers(3).GroupedWithin(2, Long))).SelectMany(group => group));

    [Fact]
    public async Task Throttle_spaces_elements_and_loses_none()
    {
        var start = TimeProvider.System.GetTimestamp();
        await AssertEmits(Numbers(4).Throttle(1, Short, 1, ThrottleMode.Shaping), 1, 2, 3, 4);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > 2 * Short);
    }

    [Fact]
    public Task An_enforcing_throttle_fails() => Assert.ThrowsAnyAsync<Exception>(
        () => Emitted(Numbers(9).Throttle(1, Long, 1, ThrottleMode.Enforcing)));

    [Fact]
    public Task TakeWithin_ends_the_stream_in_time() => AssertEmits(Source.Never<int>().TakeWithin(Short));

    [Fact]
    public Task CompletionTimeout_fails_a_stream_that_goes_on() => Assert.ThrowsAsync<TimeoutException>(
        () => Emitted(Source.Repeat(1).Where(_ => false).CompletionTimeout(Short)));

    [Fact]
    public Task IdleTimeout_fails_a_silent_stream() =>
        Assert.ThrowsAsync<TimeoutException>(() => Emitted(Source.Never<int>().IdleTimeout(Short)));

    [Fact]
    public Task InitialTimeout_fails_a_stream_that_does_not_begin() =>
        Assert.ThrowsAsync<TimeoutException>(() => Emitted(Source.Never<int>().InitialTimeout(Short)));

    [Fact]
    public Task Timeouts_leave_a_stream_alone_that_keeps_them() =>
        AssertEmits(Numbers(3).InitialTimeout(Long).IdleTimeout(Long).CompletionTimeout(Long), 1, 2, 3);

    [Fact]
    public async Task A_tick_source_ticks_until_it_is_cancelled()
    {
        var ticked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (ticking, emitted) = Source.Tick(TimeSpan.Zero, Short, "tick")
            .Select(tick =>
            {
                ticked.TrySetResult();
                return tick;
            })
            .ToMaterialized(Sink.Seq<string>(), Keep.Both)
            .Run(Materializer);
        await ticked.Task.WaitAsync(Patience);
        ticking.Cancel();
        Assert.All(await emitted.WaitAsync(Patience), tick => Assert.Equal("tick", tick));
    }
}
