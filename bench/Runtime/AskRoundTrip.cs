using System.Globalization;
using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>Questions to one actor, each asked when the one before it is answered, by one or many askers.</summary>
internal sealed class AskRoundTrip(int concurrent) : IMeasurement
{
    private readonly int _each = 400_000 / concurrent;

    public string Name => concurrent == 1 ? "Ask, sequential" : $"Ask, {concurrent} concurrent";
    public string Unit => "asks/s";

    public async Task<Sample> Measure(ActorSystem system)
    {
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var start = TimeProvider.System.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, concurrent).Select(_ => Task.Run(() => Run(echo))));
        var rate = Bench.PerSecond((long)_each * concurrent, start);
        double[] sorted = [.. latencies.SelectMany(static one => one).Order()];
        return new Sample(rate, string.Create(CultureInfo.InvariantCulture,
            $"p50 {sorted[sorted.Length / 2]:N2} µs, p99 {sorted[sorted.Length * 99 / 100]:N2} µs"));
    }

    private async Task<double[]> Run(IActorRef echo)
    {
        var latencies = new double[_each];
        for (var i = 0; i < _each; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await echo.Ask<object>(Question.Instance);
            latencies[i] = (TimeProvider.System.GetTimestamp() - start) * 1e6 / TimeProvider.System.TimestampFrequency;
        }
        return latencies;
    }

    private sealed class Question
    {
        public static readonly Question Instance = new();
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
