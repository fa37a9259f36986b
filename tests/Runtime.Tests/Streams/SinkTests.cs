using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class SinkTests : StreamTest
{
    [Fact]
    public async Task First_takes_one_and_cancels()
    {
        var (ended, first) = Source.Repeat(7).WatchTermination(Keep.Right)
            .ToMaterialized(Sink.First<int>(), Keep.Both).Run(Materializer);
        Assert.Equal(7, await first.WaitAsync(Patience));
        await ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task First_of_nothing_fails_and_FirstOrDefault_does_not()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Run(Source.Empty<int>(), Sink.First<int>()));
        Assert.Equal(0, await Run(Source.Empty<int>(), Sink.FirstOrDefault<int>()));
    }

    [Fact]
    public async Task Last_takes_the_last_and_fails_on_nothing()
    {
        Assert.Equal(4, await Run(Numbers(4), Sink.Last<int>()));
        await Assert.ThrowsAnyAsync<Exception>(() => Run(Source.Empty<int>(), Sink.Last<int>()));
    }

    [Fact]
    public async Task Aggregate_folds_all() =>
        Assert.Equal(10, await Numbers(4).RunAggregate(0, (sum, n) => sum + n, Materializer).WaitAsync(Patience));

    [Fact]
    public async Task ForEach_sees_each_element_in_order_and_fails_with_its_action()
    {
        var seen = new List<int>();
        await Numbers(4).RunForeach(seen.Add, Materializer).WaitAsync(Patience);
        Assert.Equal([1, 2, 3, 4], seen);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Numbers(4).RunForeach(_ => throw Boom, Materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task ForEachAsync_waits_for_each_task()
    {
        var seen = new List<int>();
        await Run(Numbers(4), Sink.ForEachAsync<int>(1, async n =>
        {
            await Task.Yield();
            seen.Add(n);
        }));
        Assert.Equal([1, 2, 3, 4], seen);
    }

    [Fact]
    public async Task OnComplete_tells_completion_from_failure()
    {
        var told = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Numbers(2).RunWith(Sink.OnComplete<int>(() => told.SetResult(null), told.SetResult), Materializer);
        Assert.Null(await told.Task.WaitAsync(Patience));

        told = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        NumbersThenBoom(2).RunWith(Sink.OnComplete<int>(() => told.SetResult(null), told.SetResult), Materializer);
        Assert.Same(Boom, await told.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_queue_is_pulled_to_the_end()
    {
        var queue = Numbers(2).RunWith(Sink.Queue<int>(), Materializer);
        Assert.Equal(1, (await queue.PullAsync().WaitAsync(Patience)).Value);
        Assert.Equal(2, (await queue.PullAsync().WaitAsync(Patience)).Value);
        Assert.False((await queue.PullAsync().WaitAsync(Patience)).HasValue);
    }

    [Fact]
    public async Task A_queue_fails_with_its_stream()
    {
        var queue = Source.Failed<int>(Boom).RunWith(Sink.Queue<int>(), Materializer);
        await Assert.ThrowsAsync<InvalidDataException>(() => queue.PullAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task ContraMap_maps_what_goes_in() =>
        Assert.Equal(["1", "2"], await Run(Numbers(2), Sink.Seq<string>().ContraMap<int>(n => $"{n}")));

    [Fact]
    public async Task Keep_chooses_among_the_materialized_values()
    {
        var source = Numbers(1).MapMaterializedValue(_ => "left");
        var sink = Sink.Ignore<int>().MapMaterializedValue(_ => "right");
        Assert.Equal("left", source.To(sink).Run(Materializer));
        Assert.Equal("right", source.ToMaterialized(sink, Keep.Right).Run(Materializer));
        Assert.Equal(("left", "right"), source.ToMaterialized(sink, Keep.Both).Run(Materializer));
        Assert.Equal("right", source.RunWith(sink, Materializer));
        Assert.IsType<Akka.NotUsed>(source.ToMaterialized(sink, Keep.None).Run(Materializer));
        await Emitted(source);
    }

    [Fact]
    public async Task AlsoTo_feeds_both()
    {
        var seen = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await AssertEmits(
            Numbers(3).AlsoTo(Flow.Create<int>().Aggregate(0, (sum, n) => sum + n)
                .To(Sink.ForEach<int>(seen.SetResult))),
            1, 2, 3);
        Assert.Equal(6, await seen.Task.WaitAsync(Patience));
    }

    private Task<T> Run<T>(Source<int, Akka.NotUsed> source, Sink<int, Task<T>> sink) =>
        source.RunWith(sink, Materializer).WaitAsync(Patience);
}
