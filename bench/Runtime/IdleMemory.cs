using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>Bytes per actor that has handled one message and waits, with its place in its parent.</summary>
internal sealed class IdleMemory<TActor> : IMeasurement
    where TActor : ActorBase
{
    private const int Actors = 100_000;

    public string Name => $"Idle {typeof(TActor).BaseType!.Name}";
    public string Unit => "bytes";
    public bool LowerIsBetter => true;

    public async Task<Sample> Measure(ActorSystem system)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var countdown = new CountdownEvent(Actors);
        var recipe = Props.Create<TActor>(countdown, answered);
        var parent = system.ActorOf(Props.Create(() => new Parent(recipe)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        parent.Tell(Actors);
        await answered.Task;
        await parent.Ask<ActorIdentity>(new Identify(null!));
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(parent);
        return new Sample((after - before) / (double)Actors);
    }

    private sealed class Parent(Props recipe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            for (var i = 0; i < (int)message; i++)
                Context.ActorOf(recipe).Tell("wake");
        }
    }
}

internal sealed class IdleUntyped(CountdownEvent countdown, TaskCompletionSource answered) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (countdown.Signal())
            answered.TrySetResult();
    }
}

internal sealed class IdleReceive : ReceiveActor
{
    public IdleReceive(CountdownEvent countdown, TaskCompletionSource answered) => Receive<string>(_ =>
    {
        if (countdown.Signal())
            answered.TrySetResult();
    });
}
