using System.Threading.Channels;
namespace Akka.Streams.Dsl;

/// <summary>Sources fed through channels.</summary>
public static class ChannelSource
{
    /// <summary>A channel of its own for each materialization, which yields its writer.</summary>
    public static Source<T, ChannelWriter<T>> Create<T>(
        int bufferSize, bool singleWriter = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        new(_ =>
        {
            var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(bufferSize)
            {
                SingleReader = true,
                SingleWriter = singleWriter,
                FullMode = fullMode,
            });
            return (Sources.Read(channel.Reader, channel.Writer), channel.Writer);
        });

    /// <summary>Emits what the channel holds and will hold; several materializations share it.</summary>
    public static Source<T, NotUsed> FromReader<T>(ChannelReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Source.Of(_ => Sources.Read(reader, null));
    }
}

/// <summary>Sinks that feed channels.</summary>
public static class ChannelSink
{
    /// <summary>A channel of its own for each materialization, which yields its reader.</summary>
    public static Sink<T, ChannelReader<T>> AsReader<T>(
        int bufferSize, bool singleReader = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        new((scope, upstream) =>
        {
            var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(bufferSize)
            {
                SingleReader = singleReader,
                SingleWriter = true,
                FullMode = fullMode,
            });
            _ = scope.Run(token => Sinks.Write(scope, upstream, channel.Writer, owner: true, token));
            return channel.Reader;
        });

    /// <summary>Writes into the channel, and ends it with the stream if told that it owns it.</summary>
    public static Sink<T, NotUsed> FromWriter<T>(ChannelWriter<T> writer, bool isOwner)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return Sink.Detached<T>((scope, upstream, token) => Sinks.Write(scope, upstream, writer, isOwner, token));
    }
}
