using Akka.Actor;
using Akka.Event;

namespace AkkaComfy.Runtime.Tests.Stashing;

public sealed class StashTests : RuntimeTest
{
    [Fact]
    public async Task Unstashed_messages_come_back_in_order_before_all_others()
    {
        var log = NewProbe();
        var a = await Holding(log);
        a.Tell(1, log.Ref);
        a.Tell(2, log.Ref);
        a.Tell("open");
        a.Tell(3, log.Ref);
        await log.Expect(1, 2, 3);
        Assert.Equal(log.Ref, log.LastSender);
    }

    [Fact]
    public async Task Messages_that_wait_when_the_stash_opens_come_after_it()
    {
        var log = NewProbe();
        var a = await Holding(log);
        a.Do(_ => { });
        using var gate = new SemaphoreSlim(0);
        a.Tell(new Hold(gate));
        foreach (var message in new object[] { 1, 2, "open", 3 })
            a.Tell(message);
        gate.Release();
        await log.Expect(1, 2, 3);
    }

    [Fact]
    public async Task Unstash_takes_one_message_at_a_time()
    {
        var log = NewProbe();
        var a = await Holding(log);
        foreach (var message in new object[] { 1, 2, "open one", "mark", "open one" })
            a.Tell(message);
        await log.Expect(1, "mark", 2);
    }

    [Fact]
    public async Task A_restart_unstashes()
    {
        var log = NewProbe();
        var a = await Holding(log);
        foreach (var message in new object[] { 1, 2, "fail", "open" })
            a.Tell(message);
        // The new incarnation holds them again until it is opened, in the same order.
        await log.Expect(1, 2);
    }

    [Fact]
    public async Task What_is_stashed_when_the_actor_stops_becomes_dead_letters()
    {
        var (log, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var a = await Holding(log);
        a.Tell(1);
        a.Tell(PoisonPill.Instance);
        var letter = await letters.Next<DeadLetter>();
        Assert.Equal(1, letter.Message);
        Assert.Equal(a, letter.Recipient);
    }

    [Fact]
    public async Task Stashing_the_same_message_twice_is_refused()
    {
        var a = NewPuppet(NewProbe(), "a");
        var fault = await a.Get(self =>
        {
            self.Stash.Stash();
            return Record.Exception(self.Stash.Stash);
        });
        Assert.IsType<IllegalActorStateException>(fault);
    }

    [Fact]
    public async Task ClearStash_hands_out_what_was_stashed_and_Prepend_puts_it_back()
    {
        var log = NewProbe();
        var a = await Holding(log);
        foreach (var message in new object[] { 1, 2, "swap", "open" })
            a.Tell(message);
        await log.Expect(1, 2);
    }

    [Fact]
    public async Task A_message_may_be_stashed_again_after_it_came_back()
    {
        var log = NewProbe();
        var a = await Holding(log);
        foreach (var message in new object[] { 1, "rehold", "open" })
            a.Tell(message);
        await log.Expect(1);
    }

    private async Task<IActorRef> Holding(Probe log)
    {
        var a = Sys.ActorOf(Props.Create(() => new Holder(log.Ref)));
        await a.Ask<ActorIdentity>(new Identify(0), Patience);
        return a;
    }

    private sealed record Hold(SemaphoreSlim Gate);

    private sealed class Holder : ReceiveActor, IWithUnboundedStash
    {
        private readonly IActorRef _log;

        public Holder(IActorRef log)
        {
            _log = log;
            Closed();
        }

        public IStash Stash { get; set; } = null!;

        private void Closed()
        {
            Receive<int>(_ => Stash.Stash());
            Receive<Hold>(hold => hold.Gate.Wait(Patience));
            Receive<string>(command =>
            {
                switch (command)
                {
                    case "open":
                        Become(Open);
                        Stash.UnstashAll();
                        break;
                    case "open one":
                        BecomeStacked(OpenOnce);
                        Stash.Unstash();
                        break;
                    case "swap":
                        Stash.Prepend([.. Stash.ClearStash()]);
                        break;
                    case "rehold":
                        Stash.UnstashAll();
                        break;
                    case "fail":
                        throw new InvalidOperationException("told to");
                    default:
                        _log.Tell(command);
                        break;
                }
            });
        }

        private void Open() => Receive<int>(n => _log.Forward(n));

        private void OpenOnce() => Receive<int>(n =>
        {
            _log.Forward(n);
            UnbecomeStacked();
        });
    }
}
