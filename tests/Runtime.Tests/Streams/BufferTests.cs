using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Queued = Akka.Streams.Dsl.Source<int, Akka.Streams.ISourceQueueWithComplete<int>>;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class BufferTests : StreamTest
{
    [Fact]
    public Task A_buffer_that_makes_its_upstream_wait_loses_nothing() =>
        AssertEmits(Numbers(200).Buffer(4, OverflowStrategy.Backpressure).Async(), [.. Enumerable.Range(1, 200)]);

    [Fact]
    public Task DropHead_keeps_the_latest() => AssertKept(OverflowStrategy.DropHead, 1, 8, 9);

    [Fact]
    public Task DropTail_replaces_the_youngest() => AssertKept(OverflowStrategy.DropTail, 1, 2, 9);

    [Fact]
    public Task DropNew_keeps_the_first() => AssertKept(OverflowStrategy.DropNew, 1, 2, 3);

    [Fact]
    public Task DropBuffer_starts_over_when_full() => AssertKept(OverflowStrategy.DropBuffer, 1, 8, 9);

    [Fact]
    public async Task Fail_fails_the_stream()
    {
        var (_, emitted, gate) = await Overflowing(flow => flow.Buffer(2, OverflowStrategy.Fail), offers: 4);
        gate.Open();
        await AssertOverflows(emitted);
    }

    [Fact]
    public async Task Conflate_sums_up_what_its_reader_is_too_slow_for()
    {
        var (queue, emitted, gate) = await Overflowing(flow => flow.Conflate((sum, n) => sum + n), offers: 9);
        queue.Complete();
        gate.Open();
        Assert.Equal([1, 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9], await emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task Batch_holds_its_upstream_back_when_it_is_full()
    {
        var (queue, emitted, gate) = await Overflowing(
            flow => flow.Batch(4, n => n, (sum, n) => sum + n), offers: 5);
        var waiting = queue.OfferAsync(6);
        gate.Open();
        await waiting.WaitAsync(Patience);
        queue.Complete();
        Assert.Equal(21, (await emitted.WaitAsync(Patience)).Sum());
    }

    [Fact]
    public async Task Batch_emits_single_elements_to_a_reader_that_waits()
    {
        var (queue, emitted) = Source.Queue<int>(4, OverflowStrategy.Backpressure)
            .Batch(10, n => ImmutableList.Create(n), (batch, n) => batch.Add(n))
            .ToMaterialized(Sink.Queue<ImmutableList<int>>(), Keep.Both)
            .Run(Materializer);
        for (var n = 0; n < 5; n++)
        {
            await queue.OfferAsync(n).WaitAsync(Patience);
            Assert.Equal([n], (await emitted.PullAsync().WaitAsync(Patience)).Value);
        }
    }

    [Fact]
    public async Task A_failure_passes_a_batch_that_waits()
    {
        var (queue, emitted, gate) = await Overflowing(flow => flow.Conflate((sum, n) => sum + n), offers: 5);
        queue.Fail(Boom);
        gate.Open();
        await Assert.ThrowsAsync<InvalidDataException>(() => emitted.WaitAsync(Patience));
    }

    private async Task AssertKept(OverflowStrategy overflow, params int[] kept)
    {
        var (queue, emitted, gate) = await Overflowing(flow => flow.Buffer(2, overflow), offers: 9);
        queue.Complete();
        gate.Open();
        Assert.Equal(kept, await emitted.WaitAsync(Patience));
    }

    /// <summary>Element 1 stands at the gate; the others have passed a queue without room to the operator.</summary>
    private async Task<(ISourceQueueWithComplete<int>, Task<IImmutableList<int>>, Gate)> Overflowing(
        Func<Queued, Queued> operate, int offers)
    {
        var gate = new Gate();
        var (queue, emitted) = operate(Source.Queue<int>(0, OverflowStrategy.Backpressure))
            .SelectAsync(1, gate.Pass)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both)
            .Run(Materializer);
        await queue.OfferAsync(1).WaitAsync(Patience);
        await gate.Reached;
        for (var n = 2; n <= offers; n++) await queue.OfferAsync(n).WaitAsync(Patience);
        return (queue, emitted, gate);
    }
}
