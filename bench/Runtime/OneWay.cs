using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>Producers on threads of their own tell one actor as fast as they can.</summary>
internal sealed class OneWay(int producers) : IMeasurement
{
    private const int Each = 1_500_000;

    public string Name => $"Tell one-way, {producers} producers";
    public string Unit => "msg/s";

    public async Task<Sample> Measure(ActorSystem system)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var total = producers * Each;
        var sink = system.ActorOf(Props.Create(() => new Sink(total, done)));
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < producers; i++)
        {
            _ = Task.Factory.StartNew(() =>
            {
                var message = new object();
                for (var n = 0; n < Each; n++)
                    sink.Tell(message, ActorRefs.NoSender);
            }, TaskCreationOptions.LongRunning);
        }
        await done.Task;
        return new Sample(Bench.PerSecond(total, start));
    }

    private sealed class Sink(int total, TaskCompletionSource done) : UntypedActor
    {
        private int _received;

        protected override void OnReceive(object message)
        {
            if (++_received == total)
                done.TrySetResult();
        }
    }
}
