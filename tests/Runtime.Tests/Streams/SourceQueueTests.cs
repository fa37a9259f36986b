using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class SourceQueueTests : StreamTest
{
    [Fact]
    public async Task What_is_offered_is_emitted_in_order()
    {
        var (queue, emitted) = Open(4, OverflowStrategy.Backpressure, new Gate(), open: true);
        for (var n = 1; n <= 50; n++)
        {
            Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(n).WaitAsync(Patience));
        }
        queue.Complete();
        Assert.Equal(Enumerable.Range(1, 50), await emitted.WaitAsync(Patience));
        await queue.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public Task DropHead_drops_the_oldest() => AssertKept(OverflowStrategy.DropHead, 0, 2, 3);

    [Fact]
    public Task DropTail_drops_the_youngest() => AssertKept(OverflowStrategy.DropTail, 0, 1, 3);

    [Fact]
    public Task DropBuffer_drops_all_that_waits() => AssertKept(OverflowStrategy.DropBuffer, 0, 3);

    [Fact]
    public async Task DropNew_drops_what_is_offered_and_says_so()
    {
        var gate = new Gate();
        var (queue, emitted) = await Filled(OverflowStrategy.DropNew, gate);
        Assert.IsType<QueueOfferResult.Dropped>(await queue.OfferAsync(3).WaitAsync(Patience));
        queue.Complete();
        gate.Open();
        Assert.Equal([0, 1, 2], await emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task Fail_fails_the_stream_and_the_offer()
    {
        var gate = new Gate();
        var (queue, emitted) = await Filled(OverflowStrategy.Fail, gate);
        var failure = Assert.IsType<QueueOfferResult.Failure>(await queue.OfferAsync(3).WaitAsync(Patience));
        Assert.Equal(Overflow, failure.Cause.GetType().Name);
        await AssertOverflows(queue.WatchCompletionAsync());
        gate.Open();
        await AssertOverflows(emitted);
    }

    [Fact]
    public async Task Backpressure_makes_an_offer_wait_for_room()
    {
        var gate = new Gate();
        var (queue, emitted) = await Filled(OverflowStrategy.Backpressure, gate);
        var waiting = queue.OfferAsync(3);
        Assert.False(waiting.IsCompleted);
        gate.Open();
        Assert.IsType<QueueOfferResult.Enqueued>(await waiting.WaitAsync(Patience));
        queue.Complete();
        Assert.Equal([0, 1, 2, 3], await emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task Backpressure_refuses_a_second_offer_while_one_waits()
    {
        var gate = new Gate();
        var (queue, emitted) = await Filled(OverflowStrategy.Backpressure, gate);
        var waiting = queue.OfferAsync(3);
        await Assert.ThrowsAnyAsync<Exception>(() => queue.OfferAsync(4).WaitAsync(Patience));
        gate.Open();
        await waiting.WaitAsync(Patience);
        queue.Complete();
        Assert.Equal([0, 1, 2, 3], await emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_waiting_offer_learns_that_the_stream_was_cancelled()
    {
        var gate = new Gate();
        var (queue, killSwitch) = Source.Queue<int>(1, OverflowStrategy.Backpressure)
            .SelectAsync(1, gate.Pass)
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Both)
            .To(Sink.Ignore<int>())
            .Run(Materializer);
        await queue.OfferAsync(0).WaitAsync(Patience);
        await gate.Reached;
        await queue.OfferAsync(1).WaitAsync(Patience);
        var waiting = queue.OfferAsync(2);
        killSwitch.Shutdown();
        Assert.IsType<QueueOfferResult.QueueClosed>(await waiting.WaitAsync(Patience));
        await queue.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task An_offer_to_a_stream_that_has_ended_is_refused()
    {
        var (queue, emitted) = Open(1, OverflowStrategy.DropHead, new Gate(), open: true);
        queue.Complete();
        await emitted.WaitAsync(Patience);
        await queue.WatchCompletionAsync().WaitAsync(Patience);
        IQueueOfferResult? result = null;
        var failure = await Record.ExceptionAsync(async () => result = await queue.OfferAsync(1).WaitAsync(Patience));
        Assert.True(failure is StreamDetachedException || result is QueueOfferResult.QueueClosed);
    }

    [Fact]
    public async Task Completing_lets_what_is_buffered_through()
    {
        var gate = new Gate();
        var (queue, emitted) = await Filled(OverflowStrategy.DropHead, gate);
        queue.Complete();
        gate.Open();
        Assert.Equal([0, 1, 2], await emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task Failing_overtakes_what_is_buffered()
    {
        var gate = new Gate();
        var (queue, emitted) = await Filled(OverflowStrategy.DropHead, gate);
        queue.Fail(Boom);
        await Assert.ThrowsAsync<InvalidDataException>(() => queue.WatchCompletionAsync().WaitAsync(Patience));
        gate.Open();
        await Assert.ThrowsAsync<InvalidDataException>(() => emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task Without_a_buffer_an_offer_waits_until_it_is_taken()
    {
        var gate = new Gate();
        var (queue, emitted) = Open(0, OverflowStrategy.Backpressure, gate, open: false);
        await queue.OfferAsync(0).WaitAsync(Patience);
        await gate.Reached;
        var waiting = queue.OfferAsync(1);
        Assert.False(waiting.IsCompleted);
        gate.Open();
        await waiting.WaitAsync(Patience);
        queue.Complete();
        Assert.Equal([0, 1], await emitted.WaitAsync(Patience));
    }

    private async Task AssertKept(OverflowStrategy overflow, params int[] kept)
    {
        var gate = new Gate();
        var (queue, emitted) = await Filled(overflow, gate);
        Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(3).WaitAsync(Patience));
        queue.Complete();
        gate.Open();
        Assert.Equal(kept, await emitted.WaitAsync(Patience));
    }

    /// <summary>A stream with element 0 at the gate and elements 1 and 2 in its buffer, which is full.</summary>
    private async Task<(ISourceQueueWithComplete<int> Queue, Task<IImmutableList<int>> Emitted)> Filled(
        OverflowStrategy overflow, Gate gate)
    {
        var (queue, emitted) = Open(2, overflow, gate, open: false);
        Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(0).WaitAsync(Patience));
        await gate.Reached;
        Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(1).WaitAsync(Patience));
        Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(2).WaitAsync(Patience));
        return (queue, emitted);
    }

    private (ISourceQueueWithComplete<int> Queue, Task<IImmutableList<int>> Emitted) Open(
        int size, OverflowStrategy overflow, Gate gate, bool open)
    {
        if (open) gate.Open();
        return Source.Queue<int>(size, overflow)
            .SelectAsync(1, gate.Pass)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both)
            .Run(Materializer);
    }
}
