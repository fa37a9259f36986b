using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.TestKit;

namespace AkkaComfy.Runtime.Tests.Streams;

/// <summary>Streams take their time from the scheduler of their system.</summary>
public sealed class VirtualTimeTests() : Akka.TestKit.Xunit2.TestKit(
    """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_tick_source_ticks_as_time_is_advanced()
    {
        var ticks = Source.Tick(Hour, Hour, "tick").Take(3).RunWith(Sink.Seq<string>(), Sys.Materializer());
        Assert.Equal(["tick", "tick", "tick"], await Advancing(ticks));
    }

    [Fact]
    public async Task A_delayed_stream_begins_when_time_is_advanced()
    {
        var delayed = Source.Single(1).InitialDelay(Hour).RunWith(Sink.First<int>(), Sys.Materializer());
        TestActor.Tell("meanwhile", TestActor);
        await ExpectMsgAsync("meanwhile");
        Assert.False(delayed.IsCompleted);
        Assert.Equal(1, await Advancing(delayed));
    }

    [Fact]
    public async Task A_source_restarts_when_its_backoff_is_over()
    {
        var settings = RestartSettings.Create(Hour, Hour, 0);
        var restarted = RestartSource.WithBackoff(() => Source.Single(1), settings)
            .Take(3).RunWith(Sink.Seq<int>(), Sys.Materializer());
        Assert.Equal([1, 1, 1], await Advancing(restarted));
    }

    /// <summary>Advances as long as it takes: when a stream sets its timer is its own affair.</summary>
    private async Task<T> Advancing<T>(Task<T> stream)
    {
        await AwaitConditionAsync(
            () =>
            {
                ((TestScheduler)Sys.Scheduler).Advance(Hour);
                return Task.FromResult(stream.IsCompleted);
            },
            Patience,
            TimeSpan.FromMilliseconds(1));
        return await stream;
    }
}
