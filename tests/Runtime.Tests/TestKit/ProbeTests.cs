using Akka.Actor;
using Akka.TestKit;

namespace AkkaComfy.Runtime.Tests.TestKit;

public sealed class ProbeTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void A_probe_sends_receives_and_replies()
    {
        var (client, server) = (CreateTestProbe(), CreateTestProbe("server"));
        client.Send(server.Ref, "ping");
        server.ExpectMsg("ping");
        Assert.Equal(client.Ref, server.Sender);
        server.Reply("pong");
        client.ExpectMsg("pong");
        Assert.Equal(server.Ref, client.LastSender);
    }

    [Fact]
    public void A_probe_forwards_with_the_original_sender()
    {
        var (client, middle, server) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        client.Send(middle.Ref, "ping");
        middle.ExpectMsg("ping");
        middle.Forward(server.Ref);
        server.ExpectMsg("ping");
        server.Reply("pong");
        client.ExpectMsg("pong");
    }

    [Fact]
    public void A_probe_is_a_reference_itself()
    {
        var probe = CreateTestProbe();
        probe.Tell("direct", TestActor);
        probe.ExpectMsg("direct");
        Assert.Equal(TestActor, probe.Sender);
        Sys.EventStream.Subscribe(probe, typeof(string));
        Sys.EventStream.Publish("published");
        probe.ExpectMsg("published");
    }

    [Fact]
    public void Probes_do_not_hear_one_another()
    {
        var (one, other) = (CreateTestProbe(), CreateTestProbe());
        one.Ref.Tell("for one");
        one.ExpectMsg("for one");
        Assert.False(other.HasMessages);
        Assert.False(HasMessages);
    }

    [Fact]
    public void A_probe_watches()
    {
        var probe = CreateTestProbe();
        var watched = CreateTestProbe();
        probe.Watch(watched.Ref);
        Sys.Stop(watched.Ref);
        probe.ExpectTerminated(watched.Ref);
    }

    [Fact]
    public void A_probe_can_be_watched()
    {
        var probe = CreateTestProbe();
        Watch(probe.Ref);
        probe.Ref.Tell(PoisonPill.Instance);
        ExpectTerminated(probe.Ref);
    }

    [Fact]
    public void A_child_of_the_test_actor_has_it_as_parent()
    {
        var child = ChildActorOf(Props.Create<Orphan>());
        child.Tell("parent?");
        ExpectMsg(TestActor);
    }

    [Fact]
    public void An_auto_pilot_answers_before_the_test_looks()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"auto {message}", ActorRefs.NoSender);
            return AutoPilot.KeepRunning;
        }));
        probe.Ref.Tell(1);
        probe.Ref.Tell(2);
        ExpectMsg("auto 1");
        ExpectMsg("auto 2");
        probe.ExpectMsg(1);
        probe.ExpectMsg(2);
    }

    [Fact]
    public void An_auto_pilot_hands_over_and_ends()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("first", ActorRefs.NoSender);
            return new DelegateAutoPilot((next, _) =>
            {
                next.Tell("second", ActorRefs.NoSender);
                return AutoPilot.NoAutoPilot;
            });
        }));
        for (var n = 1; n <= 3; n++) probe.Ref.Tell(n);
        probe.ExpectMsg(1);
        probe.ExpectMsg(2);
        probe.ExpectMsg(3);
        ExpectMsg("first");
        ExpectMsg("second");
        TestActor.Tell("after");
        ExpectMsg("after");
    }

    [Fact]
    public void A_child_of_a_probe_is_supervised_as_it_was_asked_for()
    {
        var stopping = ChildActorOf(Props.Create<Fragile>(), SupervisorStrategy.StoppingStrategy);
        Watch(stopping);
        stopping.Tell("fail");
        ExpectTerminated(stopping);

        var restarting = ChildActorOf(Props.Create<Fragile>(), SupervisorStrategy.DefaultStrategy);
        restarting.Tell("fail");
        restarting.Tell("hello");
        ExpectMsg("hello");
    }

    private sealed class Fragile : ReceiveActor
    {
        public Fragile()
        {
            Receive<string>(text => text == "fail", _ => throw new InvalidDataException());
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    private sealed class Orphan : ReceiveActor
    {
        public Orphan() => ReceiveAny(_ => Sender.Tell(Context.Parent));
    }
}
