using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>Two actors throw a number of balls to each other.</summary>
internal sealed class PingPong(int inFlight) : IMeasurement
{
    private const int Messages = 3_000_000;

    public string Name => $"Tell ping-pong, {inFlight} in flight";
    public string Unit => "msg/s";

    public Task<Sample> Measure(ActorSystem system) => Play(system, pairs: 1, inFlight, Messages);

    public static async Task<Sample> Play(ActorSystem system, int pairs, int inFlight, int messages)
    {
        var ended = new CountdownEvent(pairs);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pings = new IActorRef[pairs];
        for (var i = 0; i < pairs; i++)
        {
            var pong = system.ActorOf(Props.Create(() => new Pong()));
            var throws = messages / pairs / 2;
            pings[i] = system.ActorOf(Props.Create(() => new Ping(pong, inFlight, throws, ended, all)));
        }
        var start = TimeProvider.System.GetTimestamp();
        foreach (var ping in pings)
            ping.Tell(Start.Instance);
        await all.Task;
        return new Sample(Bench.PerSecond(messages / pairs / 2 * 2L * pairs, start));
    }

    private sealed class Start
    {
        public static readonly Start Instance = new();
    }

    private sealed class Ball
    {
        public static readonly Ball Instance = new();
    }

    private sealed class Ping(IActorRef pong, int inFlight, int throws, CountdownEvent ended, TaskCompletionSource all)
        : UntypedActor
    {
        private int _toThrow = throws;
        private int _toCatch = throws;

        protected override void OnReceive(object message)
        {
            if (message is Start)
            {
                for (var i = 0; i < inFlight && _toThrow > 0; i++)
                    Throw();
                return;
            }
            if (_toThrow > 0)
                Throw();
            if (--_toCatch == 0 && ended.Signal())
                all.TrySetResult();
        }

        private void Throw()
        {
            _toThrow--;
            pong.Tell(Ball.Instance, Self);
        }
    }

    private sealed class Pong : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}

/// <summary>Many pairs, one ball each.</summary>
internal sealed class Pairs(int pairs) : IMeasurement
{
    private const int Messages = 4_000_000;

    public string Name => $"Tell ping-pong, {pairs} pairs";
    public string Unit => "msg/s";

    public Task<Sample> Measure(ActorSystem system) => PingPong.Play(system, pairs, inFlight: 1, Messages);
}
