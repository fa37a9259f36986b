using Akka.Actor;
using Akka.TestKit;

namespace AkkaComfy.Runtime.Tests.Fsm;

public sealed class FsmTimerTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly string VirtualTime =
        $"akka.scheduler.implementation = \"{typeof(TestScheduler).AssemblyQualifiedName}\"";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public FsmTimerTests()
        : base(VirtualTime)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private IActorRef Start(TimeSpan? busyTimeout = null)
    {
        var machine = Sys.ActorOf(Props.Create(() => new Machine(TestActor, busyTimeout)));
        ExpectMsg<Machine.Changed>();
        return machine;
    }

    /// <summary>Returns once the machine has handled everything sent before.</summary>
    private void Settle(IActorRef machine)
    {
        machine.Tell("state?", TestActor);
        ExpectMsg<Phase>();
    }

    [Fact]
    public void A_timer_ticks_once_and_is_then_no_longer_active()
    {
        var machine = Start();
        machine.Tell(new Machine.Arm("t", new Machine.Tick(1), Second));
        machine.Tell(new Machine.Armed("t"), TestActor);
        ExpectMsg(true);

        Scheduler.Advance(Second);

        ExpectMsg(new Machine.Tick(1));
        machine.Tell(new Machine.Armed("t"), TestActor);
        ExpectMsg(false);
    }

    [Fact]
    public void A_repeating_timer_ticks_until_cancelled()
    {
        var machine = Start();
        machine.Tell(new Machine.Arm("t", new Machine.Tick(1), Second, Repeat: true));
        Settle(machine);

        Scheduler.Advance(Second);
        ExpectMsg(new Machine.Tick(1));
        Scheduler.Advance(Second);
        ExpectMsg(new Machine.Tick(1));
        machine.Tell(new Machine.Disarm("t"));
        Settle(machine);
        Scheduler.Advance(Second);

        machine.Tell("state?", TestActor);
        ExpectMsg(Phase.Idle);
    }

    [Fact]
    public void A_timer_set_again_ticks_only_the_new_way()
    {
        var machine = Start();
        machine.Tell(new Machine.Arm("t", new Machine.Tick(1), Second));
        machine.Tell(new Machine.Arm("t", new Machine.Tick(2), Second + Second));
        Settle(machine);

        Scheduler.Advance(Second);
        Settle(machine);
        Scheduler.Advance(Second);

        ExpectMsg(new Machine.Tick(2));
    }

    [Fact]
    public void A_tick_in_the_mailbox_of_a_timer_cancelled_meanwhile_is_dropped()
    {
        var machine = Start();
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        machine.Tell(new Machine.Arm("t", new Machine.Tick(1), Second));
        machine.Tell(new Machine.Hold(entered, leave));
        machine.Tell(new Machine.Disarm("t"));
        entered.Wait(TimeSpan.FromSeconds(10));

        Scheduler.Advance(Second);
        leave.Set();

        machine.Tell("state?", TestActor);
        ExpectMsg(Phase.Idle);
    }

    [Fact]
    public void A_timer_does_not_outlive_a_restart()
    {
        var machine = Start();
        machine.Tell(new Machine.Arm("t", new Machine.Tick(1), Second));
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => machine.Tell(new Machine.Crash()));
        ExpectMsg<Machine.Ended>();
        ExpectMsg<Machine.Changed>();

        Scheduler.Advance(Second);

        machine.Tell("state?", TestActor);
        ExpectMsg(Phase.Idle);
    }

    [Fact]
    public void A_state_lasts_no_longer_than_its_timeout()
    {
        var machine = Start(busyTimeout: Second);
        machine.Tell(new Machine.Move(Phase.Busy));
        ExpectMsg<Machine.Changed>();
        Settle(machine);

        Scheduler.Advance(Second);

        ExpectMsg("state timeout");
    }

    [Fact]
    public void A_message_in_time_puts_the_state_timeout_off()
    {
        var machine = Start(busyTimeout: Second);
        machine.Tell(new Machine.Move(Phase.Busy));
        ExpectMsg<Machine.Changed>();
        Settle(machine);

        Scheduler.Advance(Second / 2);
        Settle(machine);
        Scheduler.Advance(Second / 2);
        Settle(machine);
        Scheduler.Advance(Second);

        ExpectMsg("state timeout");
    }

    [Fact]
    public void A_transition_may_set_its_own_timeout()
    {
        var machine = Start(busyTimeout: TimeSpan.FromHours(1));
        machine.Tell(new Machine.Move(Phase.Busy, ForMax: Second));
        ExpectMsg<Machine.Changed>();

        // The subscription is no event of the machine: its answer shows that the transition is complete.
        machine.Tell(new FSMBase.SubscribeTransitionCallBack(TestActor));
        ExpectMsg<FSMBase.CurrentState<Phase>>();
        Scheduler.Advance(Second);

        ExpectMsg("state timeout");
    }

    [Fact]
    public void A_state_that_is_left_does_not_time_out()
    {
        var machine = Start(busyTimeout: Second);
        machine.Tell(new Machine.Move(Phase.Busy));
        machine.Tell(new Machine.Move(Phase.Idle));
        ExpectMsg<Machine.Changed>();
        ExpectMsg<Machine.Changed>();
        Settle(machine);

        Scheduler.Advance(Second);

        machine.Tell("state?", TestActor);
        ExpectMsg(Phase.Idle);
    }
}
