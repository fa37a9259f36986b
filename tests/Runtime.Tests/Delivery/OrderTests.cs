using Akka.Actor;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaComfy.Runtime.Tests.Delivery;

public sealed class OrderTests : RuntimeTest
{
    [Fact]
    public void No_message_is_lost_or_doubled_and_each_sender_is_in_order()
    {
        var shapes = Gen.Choose(1, 8).Zip(Gen.Choose(0, 2000)).ToArbitrary();
        Prop.ForAll(shapes, shape => Deliver(shape.Item1, shape.Item2).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public async Task A_chain_of_actors_keeps_the_order()
    {
        var log = NewProbe();
        var next = log.Ref;
        for (var i = 0; i < 20; i++)
        {
            var to = next;
            next = Sys.ActorOf(Props.Create(() => new Relay(to)));
        }
        for (var i = 0; i < 1000; i++)
            next.Tell(i);
        for (var i = 0; i < 1000; i++)
            await log.Expect(i);
    }

    [Fact]
    public async Task An_actor_handles_one_message_at_a_time()
    {
        var a = Sys.ActorOf(Props.Create(() => new Alone()));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
                a.Tell("x");
        })));
        Assert.Equal(40_000, await a.Ask<int>("count", Patience));
    }

    [Fact]
    public async Task A_busy_actor_does_not_starve_the_others()
    {
        // As many endless talkers as there are threads, and more: each keeps its mailbox full for ever.
        var talkers = Enumerable.Range(0, 4 * Environment.ProcessorCount)
            .Select(_ => Sys.ActorOf(Props.Create(() => new Talker()))).ToArray();
        foreach (var talker in talkers)
            talker.Tell("go");
        var log = NewProbe();
        log.Ref.Tell("heard");
        await log.Expect("heard");
        foreach (var talker in talkers)
            Assert.True(await talker.GracefulStop(Patience));
    }

    [Fact]
    public async Task Pairs_that_never_pause_do_not_starve_the_others()
    {
        var pairs = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ =>
        {
            var pong = Sys.ActorOf(Props.Create(() => new Relay(ActorRefs.Nobody)));
            pong.Tell("go", Sys.ActorOf(Props.Create(() => new Relay(ActorRefs.Nobody))));
            return pong;
        }).ToArray();
        var log = NewProbe();
        log.Ref.Tell("heard");
        await log.Expect("heard");
        foreach (var pong in pairs)
            Assert.True(await pong.GracefulStop(Patience));
    }

    [Fact]
    public async Task An_actor_that_blocks_does_not_hold_up_those_it_has_woken()
    {
        var woken = Sys.ActorOf(Props.Create(() => new Opener()));
        var blocking = Sys.ActorOf(Props.Create(() => new Waiter(woken)));
        for (var i = 0; i < 20; i++)
            Assert.True(await blocking.Ask<bool>("wait", Patience));
    }

    private async Task Deliver(int senders, int each)
    {
        var counter = Sys.ActorOf(Props.Create(() => new Ledger(senders)));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
                counter.Tell((sender, i));
        })));
        var counts = await counter.Ask<int[]>("counts", Patience);
        Assert.Equal(Enumerable.Repeat(each, senders), counts);
    }

    private sealed class Relay(IActorRef to) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (to.IsNobody())
                Sender.Tell(message);
            else
                to.Forward(message);
        }
    }

    private sealed class Alone : UntypedActor
    {
        private int _count;
        private int _inside;

        protected override void OnReceive(object message)
        {
            Assert.Equal(1, Interlocked.Increment(ref _inside));
            if (message is "count")
                Sender.Tell(_count);
            else
                _count++;
            Interlocked.Decrement(ref _inside);
        }
    }

    private sealed class Waiter(IActorRef opener) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            using var gate = new SemaphoreSlim(0);
            opener.Tell(gate);
            Sender.Tell(gate.Wait(Patience));
        }
    }

    private sealed class Opener : UntypedActor
    {
        protected override void OnReceive(object message) => ((SemaphoreSlim)message).Release();
    }

    private sealed class Talker : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }

    /// <summary>Fails when a number of a sender is not the one after its last.</summary>
    private sealed class Ledger(int senders) : UntypedActor
    {
        private readonly int[] _next = new int[senders];

        protected override void OnReceive(object message)
        {
            if (message is (int sender, int number) && _next[sender]++ != number)
                _next[sender] = int.MinValue;
            else if (message is "counts")
                Sender.Tell(_next);
        }
    }
}
