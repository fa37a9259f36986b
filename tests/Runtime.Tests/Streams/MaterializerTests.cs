using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class MaterializerTests : StreamTest
{
    [Fact]
    public async Task A_graph_can_run_any_number_of_times()
    {
        var graph = Numbers(3).ToMaterialized(Sink.Seq<int>(), Keep.Right);
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => graph.Run(Materializer)));
        Assert.All(runs, run => Assert.Equal([1, 2, 3], run));
    }

    [Fact]
    public async Task Streams_end_abruptly_with_their_materializer()
    {
        var running = Source.Never<int>().RunWith(Sink.Ignore<int>(), Materializer);
        Materializer.Shutdown();
        await AssertAbrupt(running);
    }

    [Fact]
    public async Task Streams_end_abruptly_with_their_actor_system()
    {
        var system = ActorSystem.Create("short-lived");
        var running = Source.Never<int>().RunWith(Sink.Ignore<int>(), system.Materializer());
        await system.Terminate().WaitAsync(Patience);
        await AssertAbrupt(running);
    }

    [Fact]
    public async Task Streams_end_abruptly_with_the_actor_they_belong_to()
    {
        var started = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var owner = Sys.ActorOf(Props.Create(() => new Streaming(started)));
        var running = await started.Task.WaitAsync(Patience);
        Sys.Stop(owner);
        await AssertAbrupt(running);
    }

    [Fact]
    public async Task A_materializer_that_has_stopped_runs_nothing()
    {
        Materializer.Shutdown();
        await AwaitConditionAsync(() => Task.FromResult(Materializer.IsShutdown), Patience);
        Assert.ThrowsAny<Exception>(() => { _ = Numbers(1).RunWith(Sink.Ignore<int>(), Materializer); });
    }

    [Fact]
    public async Task An_asynchronous_sequence_runs_the_stream_anew_each_time()
    {
        var sequence = Numbers(3).RunAsAsyncEnumerable(Materializer);
        for (var run = 0; run < 2; run++)
        {
            var seen = new List<int>();
            await foreach (var n in sequence) seen.Add(n);
            Assert.Equal([1, 2, 3], seen);
        }
    }

    [Fact]
    public async Task Leaving_an_asynchronous_sequence_cancels_the_stream()
    {
        var ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sequence = Source.Repeat(1)
            .WatchTermination((_, end) =>
            {
                ended.TrySetResult(end);
                return Akka.NotUsed.Instance;
            })
            .RunAsAsyncEnumerable(Materializer);
        await foreach (var _ in sequence) break;
        await (await ended.Task.WaitAsync(Patience)).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_sequence_that_nobody_reads_on_ends_with_the_materializer()
    {
        var ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sequence = Source.Repeat(1)
            .WatchTermination((_, end) =>
            {
                ended.TrySetResult(end);
                return Akka.NotUsed.Instance;
            })
            .RunAsAsyncEnumerable(Materializer);
        await using var reading = sequence.GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync());
        Materializer.Shutdown();
        await Task.WhenAny(await ended.Task.WaitAsync(Patience)).WaitAsync(Patience);
    }

    [Fact]
    public async Task An_asynchronous_sequence_throws_what_its_stream_failed_with() =>
        await AssertBoom(async () =>
        {
            await foreach (var _ in NumbersThenBoom(1).RunAsAsyncEnumerable(Materializer))
            {
            }
        });

    [Fact]
    public async Task PreMaterialize_hands_out_the_value_before_the_stream_is_used()
    {
        var (queue, source) = Source.Queue<int>(4, OverflowStrategy.Backpressure).PreMaterialize(Materializer);
        var emitted = Emitted(source);
        await queue.OfferAsync(1).WaitAsync(Patience);
        queue.Complete();
        Assert.Equal([1], await emitted);
    }

    private sealed class Streaming : ReceiveActor
    {
        public Streaming(TaskCompletionSource<Task> started)
        {
            var materializer = Context.Materializer();
            started.SetResult(Source.Never<int>().RunWith(Sink.Ignore<int>(), materializer));
        }
    }
}
