using System.Runtime.InteropServices;
using AkkaComfy.Bench.Runtime;

// dotnet run -c Release --project bench/Runtime [-- <part of a name>…]
IMeasurement[] all =
[
    new PingPong(inFlight: 1), new PingPong(inFlight: 100), new PingPong(inFlight: 1000),
    new Pairs(16), new Pairs(1000),
    new OneWay(producers: 2),
    new Creation(),
    new IdleMemory<IdleUntyped>(), new IdleMemory<IdleReceive>(),
    new AskRoundTrip(concurrent: 1), new AskRoundTrip(concurrent: 64),
    new TimerChurn(),
    new Restarts(),
];

var runtime = typeof(Akka.Actor.ActorSystem).Assembly.GetName();
Console.WriteLine($"{runtime.Name} {runtime.Version}, .NET {Environment.Version}, " +
    $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}");
Console.WriteLine();
Console.WriteLine($"| {"measurement",-32} | {"median",14} | {"best",14} | {"unit",-8} | notes");
Console.WriteLine($"|{new string('-', 34)}|{new string('-', 16)}|{new string('-', 16)}|{new string('-', 10)}|---");
foreach (var measurement in all.Where(IsWanted))
    await Bench.Run(measurement);
return 0;

bool IsWanted(IMeasurement one) =>
    args.Length == 0 || args.Any(part => one.Name.Contains(part, StringComparison.OrdinalIgnoreCase));
