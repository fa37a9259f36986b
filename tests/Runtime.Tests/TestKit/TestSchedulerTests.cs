using Akka.Actor;
using Akka.TestKit;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class TestSchedulerTests() : Akka.TestKit.Xunit2.TestKit(
    """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Nothing_is_due_before_its_time()
    {
        Sys.Scheduler.ScheduleTellOnce(Minute, TestActor, "due", ActorRefs.NoSender);
        Time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        TestActor.Tell("before");
        ExpectMsg("before");
        Time.Advance(TimeSpan.FromMilliseconds(1));
        ExpectMsg("due");
    }

    [Fact]
    public void Time_moves_only_when_it_is_advanced()
    {
        var start = Sys.Scheduler.Now;
        Time.Advance(Minute);
        Assert.Equal(start + Minute, Sys.Scheduler.Now);
        Time.AdvanceTo(start + (2 * Minute));
        Assert.Equal(start + (2 * Minute), Sys.Scheduler.Now);
        Assert.ThrowsAny<InvalidOperationException>(() => Time.AdvanceTo(start));
    }

    [Fact]
    public void What_repeats_comes_again()
    {
        Sys.Scheduler.ScheduleTellRepeatedly(Minute, Minute, TestActor, "tick", ActorRefs.NoSender);
        for (var n = 0; n < 3; n++)
        {
            Time.Advance(Minute);
            ExpectMsg("tick");
        }
    }

    [Fact]
    public void What_is_cancelled_never_comes()
    {
        var cancelled = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(Minute, TestActor, "due", ActorRefs.NoSender, cancelled);
        cancelled.Cancel();
        Time.Advance(2 * Minute);
        TestActor.Tell("after");
        ExpectMsg("after");
    }

    [Fact]
    public void Actions_are_done_in_the_order_in_which_they_are_due()
    {
        var done = new List<int>();
        foreach (var n in new[] { 3, 1, 2 }) Sys.Scheduler.Advanced.ScheduleOnce(n * Minute, () => done.Add(n));
        for (var minute = 0; minute < 5; minute++) Time.Advance(Minute);
        Assert.Equal([1, 2, 3], done);
    }

    [Fact]
    public void Timers_and_receive_timeouts_follow_it()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Timed(TestActor)));
        actor.Tell("start");
        ExpectMsg("started");
        Time.Advance(Minute);
        ExpectMsg("tick");
        // The receive timeout starts anew once the handler is over: its next answer says that it is.
        actor.Tell(new Identify(0), TestActor);
        ExpectMsg<ActorIdentity>();
        Time.Advance(2 * Minute);
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void The_kit_itself_runs_on_real_time() => ExpectNoMsg(TimeSpan.FromMilliseconds(20));

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef listener)
        {
            Receive<string>(text => text == "start", _ =>
            {
                Timers!.StartSingleTimer("key", "tick", Minute);
                Context.SetReceiveTimeout(2 * Minute);
                listener.Tell("started");
            });
            ReceiveAny(listener.Tell);
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
