using Akka.Actor;
using Akka.Event;
using Akka.Pattern;
using Akka.TestKit;

namespace AkkaComfy.Runtime.Tests.Pattern;

public sealed class BackoffSupervisorTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly string VirtualTime =
        $"akka.scheduler.implementation = \"{typeof(TestScheduler).AssemblyQualifiedName}\"";

    private static readonly TimeSpan Min = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public BackoffSupervisorTests()
        : base(VirtualTime)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    private Props Child => Props.Create(() => new Talker(TestActor));

    private BackoffOptions OnStop(int maxNrOfRetries = -1) =>
        Backoff.OnStop(Child, "child", Min, Max, 0.0, maxNrOfRetries);

    private BackoffOptions OnFailure(int maxNrOfRetries = -1) =>
        Backoff.OnFailure(Child, "child", Min, Max, 0.0, maxNrOfRetries);

    private IActorRef Supervise(BackoffOptions options)
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(options));
        ExpectMsg("started");
        return supervisor;
    }

    private int Restarts(IActorRef supervisor)
    {
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance, TestActor);
        return ExpectMsg<BackoffSupervisor.RestartCount>().Count;
    }

    /// <summary>Ends the child and returns once the supervisor has planned its restart.</summary>
    private void EndChild(IActorRef supervisor, object how, int restarts)
    {
        supervisor.Tell(how, TestActor);
        ExpectMsg("stopped");
        AwaitAssert(() => Assert.Equal(restarts, Restarts(supervisor)), Soon, TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void The_child_runs_under_its_name()
    {
        var supervisor = Supervise(OnStop());

        supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance, TestActor);

        Assert.Equal(supervisor.Path / "child", ExpectMsg<BackoffSupervisor.CurrentChild>().Ref!.Path);
    }

    [Fact]
    public void The_child_gets_messages_as_if_sent_to_it()
    {
        var supervisor = Supervise(OnStop());

        supervisor.Tell("hello", TestActor);

        ExpectMsg("echo hello");
    }

    [Fact]
    public void A_child_that_stopped_is_started_again_after_the_delay()
    {
        var supervisor = Supervise(OnStop());
        EndChild(supervisor, "stop", restarts: 1);

        Scheduler.Advance(Min);

        ExpectMsg("started");
        supervisor.Tell("hello", TestActor);
        ExpectMsg("echo hello");
    }

    [Fact]
    public void A_child_that_failed_is_started_again_after_the_delay()
    {
        var supervisor = Supervise(OnFailure());
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => EndChild(supervisor, "fail", restarts: 1));

        Scheduler.Advance(Min);

        ExpectMsg("started");
    }

    [Fact]
    public void Where_failures_are_awaited_a_plain_stop_ends_the_supervisor()
    {
        var supervisor = Watch(Supervise(OnFailure()));

        supervisor.Tell("stop", TestActor);

        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void The_delay_doubles_with_every_restart()
    {
        var supervisor = Supervise(OnStop().WithManualReset());
        EndChild(supervisor, "stop", restarts: 1);
        Scheduler.Advance(Min);
        ExpectMsg("started");
        EndChild(supervisor, "stop", restarts: 2);

        Scheduler.Advance(Min);
        Assert.Equal(2, Restarts(supervisor));
        Scheduler.Advance(Min);

        ExpectMsg("started");
    }

    [Fact]
    public void After_the_last_retry_the_supervisor_stops()
    {
        var supervisor = Watch(Supervise(OnStop(maxNrOfRetries: 1).WithManualReset()));
        EndChild(supervisor, "stop", restarts: 1);
        Scheduler.Advance(Min);
        ExpectMsg("started");

        supervisor.Tell("stop", TestActor);

        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void A_message_that_comes_while_there_is_no_child_is_answered()
    {
        var supervisor = Supervise(OnStop().WithReplyWhileStopped("come back later"));
        EndChild(supervisor, "stop", restarts: 1);

        supervisor.Tell("hello", TestActor);

        ExpectMsg("come back later");
    }

    [Fact]
    public void A_message_that_comes_while_there_is_no_child_is_otherwise_a_dead_letter()
    {
        var supervisor = Supervise(OnStop());
        EndChild(supervisor, "stop", restarts: 1);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        supervisor.Tell("hello", TestActor);

        Assert.Equal("hello", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void A_manual_reset_forgets_the_restarts()
    {
        var supervisor = Supervise(OnStop().WithManualReset());
        EndChild(supervisor, "stop", restarts: 1);
        Scheduler.Advance(Min);
        ExpectMsg("started");

        supervisor.Tell(BackoffSupervisor.Reset.Instance, TestActor);

        Assert.Equal(0, Restarts(supervisor));
    }

    [Fact]
    public void A_child_that_lives_long_enough_is_forgiven_its_restarts()
    {
        var supervisor = Supervise(OnStop().WithAutoReset(TimeSpan.FromSeconds(5)));
        EndChild(supervisor, "stop", restarts: 1);
        Scheduler.Advance(Min);
        ExpectMsg("started");
        Assert.Equal(1, Restarts(supervisor));

        Scheduler.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(0, Restarts(supervisor));
    }

    [Fact]
    public void A_final_message_makes_the_stop_of_the_child_final()
    {
        var supervisor = Watch(Supervise(OnStop().WithFinalStopMessage(message => message is "stop")));

        supervisor.Tell("stop", TestActor);

        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void Without_a_final_message_the_stop_of_the_child_is_not_final()
    {
        var supervisor = Supervise(OnStop().WithFinalStopMessage(message => message is "other"));
        EndChild(supervisor, "stop", restarts: 1);

        Scheduler.Advance(Min);

        ExpectMsg("started");
    }

    private sealed class Talker(IActorRef observer) : UntypedActor
    {
        protected override void PreStart() => observer.Tell("started");

        protected override void PostStop() => observer.Tell("stopped");

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "stop":
                    Context.Stop(Self);
                    break;
                case "fail":
                    throw new InvalidOperationException("told to fail");
                default:
                    Sender.Tell($"echo {message}");
                    break;
            }
        }
    }
}
