using System.Threading.Channels;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class ChannelTests : StreamTest
{
    [Fact]
    public async Task A_reader_is_read_until_its_channel_completes()
    {
        var channel = Channel.CreateBounded<int>(4);
        var emitted = Emitted(ChannelSource.FromReader(channel.Reader));
        await channel.Writer.WriteAsync(1);
        await channel.Writer.WriteAsync(2);
        channel.Writer.Complete();
        Assert.Equal([1, 2], await emitted);
    }

    [Fact]
    public async Task A_channel_that_fails_fails_the_stream()
    {
        var channel = Channel.CreateBounded<int>(4);
        channel.Writer.Complete(Boom);
        await AssertFails(ChannelSource.FromReader(channel.Reader));
    }

    [Fact]
    public async Task A_source_hands_out_the_writer_of_its_channel()
    {
        var (writer, emitted) = ChannelSource.Create<int>(4)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        await writer.WriteAsync(1);
        writer.Complete();
        Assert.Equal([1], await emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_sink_hands_out_the_reader_of_its_channel()
    {
        var reader = Numbers(30).RunWith(ChannelSink.AsReader<int>(4), Materializer);
        var seen = new List<int>();
        await foreach (var n in reader.ReadAllAsync()) seen.Add(n);
        Assert.Equal(Enumerable.Range(1, 30), seen);
    }

    [Fact]
    public async Task A_reader_fails_with_its_stream()
    {
        var reader = Source.Failed<int>(Boom).RunWith(ChannelSink.AsReader<int>(4), Materializer);
        await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_sink_that_does_not_own_its_writer_leaves_it_open()
    {
        var channel = Channel.CreateBounded<int>(4);
        Numbers(1).RunWith(ChannelSink.FromWriter(channel.Writer, false), Materializer);
        Assert.Equal(1, await channel.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        Assert.True(channel.Writer.TryWrite(2));
    }

    [Fact]
    public async Task A_sequence_that_does_not_heed_cancellation_does_not_keep_the_stream_alive()
    {
        var (ended, _) = Source.From(Deaf).WatchTermination(Keep.Right)
            .TakeWithin(TimeSpan.FromMilliseconds(30))
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(Materializer);
        await ended.WaitAsync(Patience);

        static async IAsyncEnumerable<int> Deaf()
        {
            await new TaskCompletionSource().Task;
            yield return 1;
        }
    }
}
