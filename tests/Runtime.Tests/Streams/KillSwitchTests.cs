using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class KillSwitchTests : StreamTest
{
    [Fact]
    public async Task Shutdown_completes_downstream_and_cancels_upstream()
    {
        var (upstream, killSwitch, downstream) = Run(Source.Never<int>());
        killSwitch.Shutdown();
        await downstream.WaitAsync(Patience);
        await upstream.WaitAsync(Patience);
    }

    [Fact]
    public async Task Abort_fails_downstream_and_cancels_upstream()
    {
        var (upstream, killSwitch, downstream) = Run(Source.Never<int>());
        killSwitch.Abort(Boom);
        Assert.Same(Boom, await Assert.ThrowsAsync<InvalidDataException>(() => downstream.WaitAsync(Patience)));
        await Task.WhenAny(upstream).WaitAsync(Patience);
    }

    [Fact]
    public async Task The_first_call_decides()
    {
        var (_, killSwitch, downstream) = Run(Source.Never<int>());
        killSwitch.Shutdown();
        killSwitch.Abort(Boom);
        await downstream.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_endless_stream_of_elements_does_not_hide_the_switch()
    {
        var (upstream, killSwitch, downstream) = Run(Source.Repeat(1));
        killSwitch.Shutdown();
        await downstream.WaitAsync(Patience);
        await upstream.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_downstream_that_asks_for_nothing_does_not_keep_the_upstream()
    {
        var gate = new Gate();
        var (upstream, killSwitch) = Source.Repeat(1)
            .WatchTermination(Keep.Right)
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Both)
            .SelectAsync(1, gate.Pass)
            .To(Sink.Ignore<int>())
            .Run(Materializer);
        await gate.Reached;
        killSwitch.Shutdown();
        await upstream.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_shared_switch_ends_every_stream_it_is_part_of_and_those_to_come()
    {
        var killSwitch = KillSwitches.Shared("all");
        var first = Source.Never<int>().Via(killSwitch.Flow<int>()).RunWith(Sink.Seq<int>(), Materializer);
        var second = Source.Repeat("x").Via(killSwitch.Flow<string>()).RunWith(Sink.Ignore<string>(), Materializer);
        killSwitch.Shutdown();
        Assert.Empty(await first.WaitAsync(Patience));
        await second.WaitAsync(Patience);
        Assert.Empty(await Emitted(Source.Never<int>().Via(killSwitch.Flow<int>())));
    }

    [Fact]
    public async Task A_shared_switch_fails_every_stream_it_is_part_of()
    {
        var killSwitch = KillSwitches.Shared("all");
        var running = Source.Never<int>().Via(killSwitch.Flow<int>()).RunWith(Sink.Seq<int>(), Materializer);
        killSwitch.Abort(Boom);
        await Assert.ThrowsAsync<InvalidDataException>(() => running.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_cancelled_token_completes_the_stream_or_fails_it()
    {
        using var cancelled = new CancellationTokenSource();
        var graceful = Source.Never<int>().Via(cancelled.Token.AsFlow<int>(true))
            .RunWith(Sink.Ignore<int>(), Materializer);
        var abrupt = Source.Never<int>().Via(cancelled.Token.AsFlow<int>(false))
            .RunWith(Sink.Ignore<int>(), Materializer);
        await cancelled.CancelAsync();
        await graceful.WaitAsync(Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abrupt.WaitAsync(Patience));
    }

    private (Task Upstream, UniqueKillSwitch Switch, Task Downstream) Run(Source<int, NotUsed> source)
    {
        var ((upstream, killSwitch), downstream) = source
            .WatchTermination(Keep.Right)
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Both)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both)
            .Run(Materializer);
        return (upstream, killSwitch, downstream);
    }
}
