using Akka.Actor;
using Akka.TestKit;

namespace AkkaComfy.Runtime.Tests.Timing;

public sealed class VirtualReceiveTimeoutTests : RuntimeTest
{
    public VirtualReceiveTimeoutTests()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task A_message_restarts_the_receive_timeout()
    {
        var (log, a) = await Start(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 5; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(6));
            a.Tell("busy");
            await log.Expect("busy");
            await Settled(a);
        }
        Time.Advance(TimeSpan.FromSeconds(11));
        await log.Next<ReceiveTimeout>();
    }

    [Fact]
    public async Task A_message_that_does_not_influence_it_does_not_restart_it()
    {
        var (log, a) = await Start(TimeSpan.FromSeconds(10));
        Time.Advance(TimeSpan.FromSeconds(6));
        var quiet = new Quiet();
        a.Tell(quiet);
        await log.Expect(quiet);
        await Settled(a);
        Time.Advance(TimeSpan.FromSeconds(6));
        await log.Next<ReceiveTimeout>();
    }

    [Fact]
    public async Task A_changed_timeout_counts_from_the_change()
    {
        var (log, a) = await Start(TimeSpan.FromSeconds(10));
        Time.Advance(TimeSpan.FromSeconds(9));
        await a.Get(self =>
        {
            self.Ctx.SetReceiveTimeout(TimeSpan.FromSeconds(20));
            return true;
        });
        await Settled(a);
        Time.Advance(TimeSpan.FromSeconds(19));
        a.Tell("still here");
        await log.Expect("still here");
    }

    private async Task<(Probe Log, IActorRef Actor)> Start(TimeSpan timeout)
    {
        var log = NewProbe();
        var a = NewPuppet(log, "a");
        await log.Expect("a constructor", "a PreStart");
        a.Do(self => self.Ctx.SetReceiveTimeout(timeout));
        await Settled(a);
        return (log, a);
    }

    /// <summary>The timeout is set after a message; by the answer to the next one, it is.</summary>
    private static Task Settled(IActorRef actor) => actor.Ask<ActorIdentity>(new Identify(0), Patience);

    private sealed record Quiet : INotInfluenceReceiveTimeout;
}
