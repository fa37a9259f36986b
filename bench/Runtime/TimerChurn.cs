using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>An actor starts and cancels timers that never fire; one operation is one start and one cancel.</summary>
internal sealed class TimerChurn : IMeasurement
{
    private const int Timers = 2_000_000;
    private const int Keys = 16;

    public string Name => "Timers, start and cancel";
    public string Unit => "timers/s";

    public async Task<Sample> Measure(ActorSystem system)
    {
        var churn = system.ActorOf(Props.Create(() => new Churn()));
        var start = TimeProvider.System.GetTimestamp();
        await churn.Ask<string>(Timers);
        return new Sample(Bench.PerSecond(Timers, start));
    }

    private sealed class Churn : UntypedActor, IWithTimers
    {
        private static readonly object[] AllKeys = [.. Enumerable.Range(0, Keys).Select(static n => (object)n)];

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            var delay = TimeSpan.FromSeconds(10);
            for (var i = 0; i < (int)message; i++)
            {
                var key = AllKeys[i % Keys];
                Timers.StartSingleTimer(key, "tick", delay);
                Timers.Cancel(key);
            }
            Sender.Tell("done");
        }
    }
}
