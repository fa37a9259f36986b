using System.Collections.Immutable;
using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class HubTests : StreamTest
{
    private static readonly int[] Ten = [.. Enumerable.Range(1, 10)];

    [Fact]
    public async Task Each_consumer_gets_every_element()
    {
        var (queue, hub) = Broadcast(bufferSize: 16);
        var consumers = Enumerable.Range(0, 3).Select(_ => Collect(hub, 10)).ToArray();
        await AllAttached(queue, consumers);
        await Offer(queue, Ten);
        foreach (var consumer in consumers)
        {
            Assert.Equal(Ten, (await consumer.Emitted.WaitAsync(Patience)).Where(n => n > 0));
        }
    }

    [Fact]
    public async Task Without_a_consumer_the_producer_waits_when_the_buffer_is_full()
    {
        var produced = 0;
        var hub = Source.From(Enumerable.Range(1, 1000))
            .Select(n => Interlocked.Exchange(ref produced, n))
            .RunWith(BroadcastHub.Sink<int>(bufferSize: 8), Materializer);
        await AwaitConditionAsync(() => Task.FromResult(Volatile.Read(ref produced) >= 8), Patience);
        Assert.InRange(Volatile.Read(ref produced), 8, 9);
        Assert.Equal(Enumerable.Range(0, 1000), await Emitted(hub));
    }

    [Fact]
    public async Task A_slow_consumer_sets_the_pace_and_nobody_loses_anything()
    {
        var gate = new Gate();
        var (queue, hub) = Broadcast(bufferSize: 4);
        var fast = Collect(hub, 40);
        var slow = Collect(hub.SelectAsync(1, n => n == 0 ? Task.FromResult(n) : gate.Pass(n)), 40);
        await AllAttached(queue, fast, slow);
        var offering = Offer(queue, [.. Enumerable.Range(1, 40)]);
        await gate.Reached;
        Assert.False(offering.IsCompleted);
        gate.Open();
        await offering.WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(1, 40), (await fast.Emitted.WaitAsync(Patience)).Where(n => n > 0));
        Assert.Equal(Enumerable.Range(1, 40), (await slow.Emitted.WaitAsync(Patience)).Where(n => n > 0));
    }

    [Fact]
    public async Task A_late_consumer_gets_a_run_of_elements_up_to_the_last()
    {
        var (queue, hub) = Broadcast(bufferSize: 4);
        var early = Collect(hub, 30);
        await AllAttached(queue, early);
        await Offer(queue, [.. Enumerable.Range(1, 20)]);
        var late = Collect(hub, int.MaxValue);
        await AllAttached(queue, early, late);
        await Offer(queue, [.. Enumerable.Range(21, 10)]);
        queue.Complete();
        Assert.Equal(Enumerable.Range(1, 30), (await early.Emitted.WaitAsync(Patience)).Where(n => n > 0));
        var seen = (await late.Emitted.WaitAsync(Patience)).Where(n => n > 0).ToArray();
        Assert.Equal(Enumerable.Range(31 - seen.Length, seen.Length), seen);
        Assert.InRange(seen.Length, 10, 30);
    }

    [Fact]
    public async Task A_consumer_that_leaves_holds_nobody_back()
    {
        var gate = new Gate();
        var (queue, hub) = Broadcast(bufferSize: 4);
        var staying = Collect(hub, 30);
        var leaving = Collect(hub.SelectAsync(1, n => n == 0 ? Task.FromResult(n) : gate.Pass(n)), 30);
        await AllAttached(queue, staying, leaving);
        var offering = Offer(queue, [.. Enumerable.Range(1, 30)]);
        await gate.Reached;
        leaving.Switch.Shutdown();
        await offering.WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(1, 30), (await staying.Emitted.WaitAsync(Patience)).Where(n => n > 0));
    }

    [Fact]
    public async Task The_hub_outlives_its_consumers()
    {
        var (queue, hub) = Broadcast(bufferSize: 4);
        await queue.OfferAsync(1).WaitAsync(Patience);
        Assert.Equal(1, await hub.RunWith(Sink.First<int>(), Materializer).WaitAsync(Patience));
        var next = hub.Where(n => n == 2).RunWith(Sink.First<int>(), Materializer);
        await queue.OfferAsync(2).WaitAsync(Patience);
        Assert.Equal(2, await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task Completion_reaches_every_consumer_and_those_that_come_after()
    {
        var (queue, hub) = Broadcast(bufferSize: 4);
        var consumer = Collect(hub, int.MaxValue);
        await AllAttached(queue, consumer);
        await Offer(queue, [1, 2]);
        queue.Complete();
        Assert.Equal([1, 2], (await consumer.Emitted.WaitAsync(Patience)).Where(n => n > 0));
        Assert.Empty(await Emitted(hub));
    }

    [Fact]
    public async Task Failure_reaches_every_consumer_and_those_that_come_after()
    {
        var (queue, hub) = Broadcast(bufferSize: 4);
        var consumer = Collect(hub, int.MaxValue);
        await AllAttached(queue, consumer);
        queue.Fail(Boom);
        await Assert.ThrowsAsync<InvalidDataException>(() => consumer.Emitted.WaitAsync(Patience));
        await AssertFails(hub);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_buffer_must_be_a_power_of_two(int size) =>
        Assert.ThrowsAny<ArgumentException>(() => BroadcastHub.Sink<int>(size));

    [Fact]
    public async Task A_merge_hub_takes_from_producers_that_come_and_go()
    {
        var (sink, merged) = MergeHub.Source<int>(perProducerBufferSize: 2)
            .Take(30)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both)
            .Run(Materializer);
        foreach (var start in new[] { 0, 10, 20 })
        {
            Source.From(Enumerable.Range(start, 10)).RunWith(sink, Materializer);
        }
        var all = await merged.WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, 30), all.Order());
        Assert.Equal(Enumerable.Range(10, 10), all.Where(n => n is >= 10 and < 20));
    }

    [Fact]
    public async Task A_producer_that_fails_leaves_the_merge_hub_to_the_others()
    {
        var (sink, merged) = MergeHub.Source<int>()
            .Take(2)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both)
            .Run(Materializer);
        Source.Failed<int>(Boom).RunWith(sink, Materializer);
        Numbers(2).RunWith(sink, Materializer);
        Assert.Equal([1, 2], await merged.WaitAsync(Patience));
    }

    [Fact]
    public async Task Producers_are_cancelled_when_the_consumer_of_a_merge_hub_leaves()
    {
        var (sink, first) = MergeHub.Source<int>().ToMaterialized(Sink.First<int>(), Keep.Both).Run(Materializer);
        var ended = Source.Repeat(1).WatchTermination(Keep.Right).To(sink).Run(Materializer);
        Assert.Equal(1, await first.WaitAsync(Patience));
        await ended.WaitAsync(Patience);
    }

    private (ISourceQueueWithComplete<int> Queue, Source<int, NotUsed> Hub) Broadcast(int bufferSize) =>
        Source.Queue<int>(1, OverflowStrategy.Backpressure)
            .ToMaterialized(BroadcastHub.Sink<int>(bufferSize), Keep.Both)
            .Run(Materializer);

    private Consumer Collect(Source<int, NotUsed> hub, int count)
    {
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (killSwitch, emitted) = hub
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Right)
            .Select(n =>
            {
                attached.TrySetResult();
                return n;
            })
            .Scan((Elements: ImmutableList<int>.Empty, Count: 0), (seen, n) =>
                (seen.Elements.Add(n), seen.Count + (n > 0 ? 1 : 0)))
            .TakeWhile(seen => seen.Count < count, inclusive: true)
            .ToMaterialized(Sink.Last<(ImmutableList<int> Elements, int Count)>(), Keep.Both)
            .Run(Materializer);
        return new Consumer(attached.Task, killSwitch, Elements(emitted));
    }

    private static async Task<ImmutableList<int>> Elements(Task<(ImmutableList<int> Elements, int Count)> last) =>
        (await last).Elements;

    /// <summary>Offers zeros until each consumer has seen one; only what is above zero counts.</summary>
    private static async Task AllAttached(ISourceQueueWithComplete<int> queue, params Consumer[] consumers)
    {
        while (consumers.Any(consumer => !consumer.Attached.IsCompleted))
        {
            await queue.OfferAsync(0).WaitAsync(Patience);
            await Task.Yield();
        }
    }

    private static async Task Offer(ISourceQueueWithComplete<int> queue, int[] elements)
    {
        foreach (var element in elements) await queue.OfferAsync(element);
    }

    private sealed record Consumer(Task Attached, UniqueKillSwitch Switch, Task<ImmutableList<int>> Emitted);
}
