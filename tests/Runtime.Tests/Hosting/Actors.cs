using System.Collections.Concurrent;
using Akka.Actor;

namespace AkkaComfy.Runtime.Tests.Hosting;

/// <summary>Answers with what it was made of.</summary>
internal sealed class Greeter(Greeting greeting, string name) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is "fail")
            throw new InvalidOperationException("told to fail");
        Sender.Tell($"{greeting.Word}, {name}");
    }
}

/// <summary>A service.</summary>
internal sealed record Greeting(string Word);

/// <summary>Answers everything with itself.</summary>
internal sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}

/// <summary>Notes when it starts and stops.</summary>
internal sealed class Diarist(ConcurrentQueue<string> diary, string name) : UntypedActor
{
    protected override void PreStart() => diary.Enqueue($"{name} starts");

    protected override void PostStop() => diary.Enqueue($"{name} stops");

    protected override void OnReceive(object message) => Sender.Tell(name);
}
