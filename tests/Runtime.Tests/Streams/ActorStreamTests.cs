using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace AkkaComfy.Runtime.Tests.Streams;

public sealed class ActorStreamTests : StreamTest
{
    [Fact]
    public async Task An_actor_source_emits_what_it_is_sent_until_it_is_told_to_end()
    {
        var (source, emitted) = Open(8, OverflowStrategy.Fail);
        source.Tell(1);
        source.Tell(2);
        source.Tell(new Status.Success("end"));
        Assert.Equal([1, 2], await emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_source_fails_when_it_is_told_to()
    {
        var (source, emitted) = Open(8, OverflowStrategy.Fail);
        source.Tell(new Status.Failure(Boom));
        await Assert.ThrowsAsync<InvalidDataException>(() => emitted.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_source_stops_when_its_stream_is_cancelled()
    {
        var source = Source.ActorRef<int>(8, OverflowStrategy.DropHead)
            .Take(1).To(Sink.Ignore<int>()).Run(Materializer);
        Watch(source);
        source.Tell(1);
        await ExpectTerminatedAsync(source, Patience);
    }

    [Fact]
    public void An_actor_source_cannot_hold_its_senders_back() => Assert.ThrowsAny<Exception>(
        () => Source.ActorRef<int>(8, OverflowStrategy.Backpressure));

    [Fact]
    public async Task An_actor_sink_tells_elements_and_completion()
    {
        Numbers(2).RunWith(Sink.ActorRef<int>(TestActor, "done", failure => failure), Materializer);
        await ExpectMsgAsync(1, Patience);
        await ExpectMsgAsync(2, Patience);
        await ExpectMsgAsync("done", Patience);
    }

    [Fact]
    public async Task An_actor_sink_tells_failure()
    {
        Source.Failed<int>(Boom).RunWith(
            Sink.ActorRef<int>(TestActor, "done", failure => failure.Message), Materializer);
        await ExpectMsgAsync("boom", Patience);
    }

    [Fact]
    public async Task An_actor_sink_cancels_when_its_actor_stops()
    {
        var probe = CreateTestProbe();
        var ended = Source.Never<int>().WatchTermination(Keep.Right)
            .To(Sink.ActorRef<int>(probe.Ref, "done", failure => failure)).Run(Materializer);
        Sys.Stop(probe.Ref);
        await ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_acknowledging_actor_sets_the_pace()
    {
        Numbers(2).RunWith(Sink.ActorRefWithAck<int>(TestActor, "init", "ack", "done"), Materializer);
        await ExpectMsgAsync("init", Patience);
        Assert.False(HasMessages);
        LastSender.Tell("ack", TestActor);
        await ExpectMsgAsync(1, Patience);
        LastSender.Tell("ack", TestActor);
        await ExpectMsgAsync(2, Patience);
        LastSender.Tell("ack", TestActor);
        await ExpectMsgAsync("done", Patience);
    }

    private (IActorRef Source, Task<System.Collections.Immutable.IImmutableList<int>> Emitted) Open(
        int size, OverflowStrategy overflow) =>
        Source.ActorRef<int>(size, overflow).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
}
