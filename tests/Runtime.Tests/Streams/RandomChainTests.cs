using Akka.Streams;
using Akka.Streams.Dsl;
using Chain = Akka.Streams.Dsl.Source<int, System.Threading.Tasks.Task>;

namespace AkkaComfy.Runtime.Tests.Streams;

/// <summary>Chains of operators drawn from a seed, against the same chain over a sequence in memory.</summary>
public sealed class RandomChainTests : StreamTest
{
    private static readonly (Func<Chain, Chain> Stream, Func<IEnumerable<int>, IEnumerable<int>> Model)[] Operators =
    [
        (stream => stream.Select(n => n + 1), model => model.Select(n => n + 1)),
        (stream => stream.Where(n => n % 3 != 0), model => model.Where(n => n % 3 != 0)),
        (stream => stream.Skip(2), model => model.Skip(2)),
        (stream => stream.Take(90), model => model.Take(90)),
        (stream => stream.TakeWhile(n => n < 150), model => model.TakeWhile(n => n < 150)),
        (stream => stream.SkipWhile(n => n < 5), model => model.SkipWhile(n => n < 5)),
        (stream => stream.Grouped(7).SelectMany(group => group), model => model),
        (stream => stream.SelectMany(n => new[] { n, -n }), model => model.SelectMany(n => new[] { n, -n })),
        (stream => stream.Scan(0, (sum, n) => (sum + n) % 1000), Scan),
        (stream => stream.Buffer(3, OverflowStrategy.Backpressure), model => model),
        (stream => stream.Async(), model => model),
        (stream => stream.SelectAsync(1, Task.FromResult), model => model),
        (stream => stream.SelectAsync(4, Later), model => model),
        (stream => stream.Via(KillSwitches.Single<int>()), model => model),
        (stream => stream.Batch(4, n => new List<int> { n }, Append).SelectMany(batch => batch), model => model),
        (stream => stream.KeepAlive(TimeSpan.FromMinutes(5), () => -1), model => model),
        (stream => stream.GroupedWithin(5, TimeSpan.FromMinutes(5)).SelectMany(group => group), model => model),
        (stream => stream.WatchTermination(Keep.Left), model => model),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_chain_emits_what_its_model_does_and_lets_go_of_its_source(int seed)
    {
        var random = new Random(seed);
        var source = Numbers(120).WatchTermination(Keep.Right).MapMaterializedValue<Task>(ended => ended);
        var model = Enumerable.Range(1, 120);
        for (var length = random.Next(1, 9); length > 0; length--)
        {
            var next = Operators[random.Next(Operators.Length)];
            (source, model) = (next.Stream(source), next.Model(model));
        }

        var (ended, emitted) = source.ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        Assert.Equal(model, await emitted.WaitAsync(Patience));
        await ended.WaitAsync(Patience);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_chain_that_is_left_or_fails_lets_go_of_its_source(int seed)
    {
        var source = Endless(seed);
        if (seed % 2 == 0) source = source.Select(Throw);

        var (ended, first) = source.ToMaterialized(Sink.FirstOrDefault<int>(), Keep.Both).Run(Materializer);
        await Task.WhenAny(first).WaitAsync(Patience);
        await Task.WhenAny(ended).WaitAsync(Patience);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_chain_ends_with_its_materializer(int seed)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = Endless(seed)
            .ToMaterialized(Sink.ForEach<int>(_ => reached.TrySetResult()), Keep.Left)
            .Run(Materializer);
        await reached.Task.WaitAsync(Patience);
        Materializer.Shutdown();
        await Task.WhenAny(ended).WaitAsync(Patience);
    }

    private static Chain Endless(int seed)
    {
        var random = new Random(seed);
        var source = Source.Cycle(() => Enumerable.Range(1, 120).GetEnumerator())
            .WatchTermination(Keep.Right).MapMaterializedValue<Task>(ended => ended);
        for (var length = random.Next(1, 9); length > 0; length--)
        {
            source = Operators[random.Next(Operators.Length)].Stream(source);
        }
        return source;
    }

    private static IEnumerable<int> Scan(IEnumerable<int> model)
    {
        var state = 0;
        yield return state;
        foreach (var n in model) yield return state = (state + n) % 1000;
    }

    private static List<int> Append(List<int> batch, int n)
    {
        batch.Add(n);
        return batch;
    }

    private static async Task<int> Later(int n)
    {
        await Task.Yield();
        return n;
    }
}
