using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Fsm;

public sealed class FsmTests : Akka.TestKit.Xunit2.TestKit
{
    private IActorRef Start(TimeSpan? busyTimeout = null)
    {
        var machine = Sys.ActorOf(Props.Create(() => new Machine(TestActor, busyTimeout)));
        ExpectMsg(new Machine.Changed(Phase.Idle, Phase.Idle, 0, 0));
        return machine;
    }

    [Fact]
    public void A_transition_shows_the_data_on_both_sides()
    {
        var machine = Start();

        machine.Tell(new Machine.Move(Phase.Busy, 7));

        ExpectMsg(new Machine.Changed(Phase.Idle, Phase.Busy, 0, 7));
    }

    [Fact]
    public void Going_to_the_same_state_is_a_transition()
    {
        var machine = Start();

        machine.Tell(new Machine.Move(Phase.Idle, 1));

        ExpectMsg(new Machine.Changed(Phase.Idle, Phase.Idle, 0, 1));
    }

    [Fact]
    public void Staying_is_no_transition_but_keeps_the_new_data()
    {
        var machine = Start();

        machine.Tell(new Machine.Remain(5), TestActor);
        machine.Tell(new Machine.Remain(6), TestActor);

        ExpectMsg(0);
        ExpectMsg(5);
    }

    [Fact]
    public void Replies_arrive_in_the_order_they_were_given()
    {
        var machine = Start();

        machine.Tell(new Machine.Answer("a", "b", "c"), TestActor);

        ExpectMsg("a");
        ExpectMsg("b");
        ExpectMsg("c");
    }

    [Fact]
    public void A_second_handler_of_a_state_sees_what_the_first_leaves()
    {
        var machine = Start();
        machine.Tell(new Machine.Move(Phase.Busy));
        ExpectMsg<Machine.Changed>();

        machine.Tell("second handler", TestActor);

        ExpectMsg("second handled");
    }

    [Fact]
    public void What_no_state_handles_reaches_the_handler_of_the_unhandled()
    {
        var machine = Start();

        machine.Tell("unheard of", TestActor);

        ExpectMsg("unhandled in Idle");
    }

    [Fact]
    public void What_nobody_handles_is_logged_and_changes_nothing()
    {
        var machine = Start();

        EventFilter.Warning(contains: "gibberish").ExpectOne(() => machine.Tell("gibberish", TestActor));

        machine.Tell("state?", TestActor);
        ExpectMsg(Phase.Idle);
    }

    [Fact]
    public void A_subscriber_hears_the_current_state_and_every_transition()
    {
        var machine = Start();
        var subscriber = CreateTestProbe();

        machine.Tell(new FSMBase.SubscribeTransitionCallBack(subscriber.Ref));
        machine.Tell(new Machine.Move(Phase.Busy));
        machine.Tell(new Machine.Move(Phase.Idle));

        var current = subscriber.ExpectMsg<FSMBase.CurrentState<Phase>>();
        Assert.Equal((machine, Phase.Idle), (current.FsmRef, current.State));
        var first = subscriber.ExpectMsg<FSMBase.Transition<Phase>>();
        Assert.Equal((machine, Phase.Idle, Phase.Busy), (first.FsmRef, first.From, first.To));
        Assert.Equal(Phase.Idle, subscriber.ExpectMsg<FSMBase.Transition<Phase>>().To);
    }

    [Fact]
    public void A_former_subscriber_hears_no_more()
    {
        var machine = Start();
        var subscriber = CreateTestProbe();
        machine.Tell(new FSMBase.SubscribeTransitionCallBack(subscriber.Ref));
        subscriber.ExpectMsg<FSMBase.CurrentState<Phase>>();

        machine.Tell(new FSMBase.UnsubscribeTransitionCallBack(subscriber.Ref));
        machine.Tell(new Machine.Move(Phase.Busy));
        machine.Tell("state?", subscriber.Ref);

        subscriber.ExpectMsg(Phase.Busy);
    }

    [Fact]
    public void A_machine_that_stops_itself_ends_normally()
    {
        var machine = Watch(Start());

        machine.Tell(new Machine.Halt());

        Assert.IsType<FSMBase.Normal>(ExpectMsg<Machine.Ended>().Reason);
        ExpectTerminated(machine);
    }

    [Fact]
    public void A_machine_that_fails_ends_with_the_cause_and_the_data_given()
    {
        var machine = Start();

        EventFilter.Error(contains: "out of order")
            .ExpectOne(() => machine.Tell(new Machine.Halt(new FSMBase.Failure("out of order"))));

        var ended = ExpectMsg<Machine.Ended>();
        Assert.Equal("out of order", Assert.IsType<FSMBase.Failure>(ended.Reason).Cause);
        Assert.Equal((Phase.Idle, 99), (ended.At, ended.Data));
    }

    [Fact]
    public void A_machine_that_is_stopped_from_outside_ends_by_shutdown_once()
    {
        var machine = Watch(Start());
        machine.Tell(new Machine.Move(Phase.Busy, 3));
        ExpectMsg<Machine.Changed>();

        Sys.Stop(machine);

        var ended = ExpectMsg<Machine.Ended>();
        Assert.IsType<FSMBase.Shutdown>(ended.Reason);
        Assert.Equal((Phase.Busy, 3), (ended.At, ended.Data));
        ExpectTerminated(machine);
    }

    [Fact]
    public void Going_to_an_unknown_state_ends_the_machine()
    {
        var machine = Watch(Start());

        EventFilter.Error(contains: "Nowhere").ExpectOne(() => machine.Tell(new Machine.Move(Phase.Nowhere)));

        Assert.IsType<FSMBase.Failure>(ExpectMsg<Machine.Ended>().Reason);
    }

    [Fact]
    public void A_machine_that_crashes_starts_anew()
    {
        var machine = Start();
        machine.Tell(new Machine.Move(Phase.Busy, 3));
        ExpectMsg<Machine.Changed>();

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => machine.Tell(new Machine.Crash()));

        Assert.IsType<FSMBase.Shutdown>(ExpectMsg<Machine.Ended>().Reason);
        ExpectMsg(new Machine.Changed(Phase.Idle, Phase.Idle, 0, 0));
        machine.Tell("state?", TestActor);
        ExpectMsg(Phase.Idle);
    }
}
