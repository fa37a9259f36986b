using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>A child fails at every message and is restarted by its parent.</summary>
internal sealed class Restarts : IMeasurement
{
    private const int Failures = 100_000;

    public string Name => "Restarts";
    public string Unit => "1/s";

    public async Task<Sample> Measure(ActorSystem system)
    {
        var parent = system.ActorOf(Props.Create(() => new Parent()));
        var child = await parent.Ask<IActorRef>("child");
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Failures; i++)
            child.Tell(Fail.Instance, ActorRefs.NoSender);
        await child.Ask<string>("done");
        return new Sample(Bench.PerSecond(Failures, start));
    }

    private sealed class Fail
    {
        public static readonly Fail Instance = new();
    }

    private sealed class Parent : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(-1, -1, static _ => Directive.Restart, loggingEnabled: false);

        protected override void OnReceive(object message) =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new Child())));
    }

    private sealed class Child : UntypedActor
    {
        private static readonly InvalidOperationException Fault = new("told to");

        protected override void OnReceive(object message)
        {
            if (message is Fail)
                throw Fault;
            Sender.Tell(message);
        }
    }
}
