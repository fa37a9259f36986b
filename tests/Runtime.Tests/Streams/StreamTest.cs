using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

/// <summary>A test with a materializer; its patience ends a test that hangs and decides nothing else.</summary>
public abstract class StreamTest : Akka.TestKit.Xunit2.TestKit
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The name of what a stream fails with whose buffer is full.</summary>
    protected const string Overflow = "BufferOverflowException";

    protected StreamTest() : base("akka.loglevel = OFF") => Materializer = Sys.Materializer();

    protected ActorMaterializer Materializer { get; }

    protected static Exception Boom { get; } = new InvalidDataException("boom");

    protected static Source<int, Akka.NotUsed> Numbers(int count) => Source.From(Enumerable.Range(1, count));

    /// <summary>The numbers, then a failure.</summary>
    protected static Source<int, Akka.NotUsed> NumbersThenBoom(int count) =>
        Numbers(count + 1).Select(n => n > count ? throw Boom : n);

    protected Task<IImmutableList<T>> Emitted<T, TMat>(Source<T, TMat> source) =>
        source.RunWith(Sink.Seq<T>(), Materializer).WaitAsync(Patience);

    protected async Task AssertEmits<T, TMat>(Source<T, TMat> source, params T[] expected) =>
        Assert.Equal(expected, await Emitted(source));

    protected Task AssertFails<T, TMat>(Source<T, TMat> source) => AssertBoom(() => Emitted(source));

    /// <summary>What a task failed with may come wrapped, as tasks do it.</summary>
    protected static async Task AssertBoom(Func<Task> stream)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(stream);
        Assert.IsType<InvalidDataException>((failure as AggregateException)?.Flatten().InnerException ?? failure);
    }

    /// <summary>Official streams have an exception of their own for stages with a promise: the names are alike.</summary>
    protected static async Task AssertAbrupt(Task stream)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => stream.WaitAsync(Patience));
        Assert.StartsWith("Abrupt", failure.GetType().Name, StringComparison.Ordinal);
    }

    protected static async Task AssertOverflows(Task stream)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => stream.WaitAsync(Patience));
        Assert.Equal(Overflow, failure.GetType().Name);
    }

    protected static int Throw(int element) => throw Boom;
}
