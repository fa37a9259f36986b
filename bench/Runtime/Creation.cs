using Akka.Actor;

namespace AkkaComfy.Bench.Runtime;

/// <summary>One actor creates many children and waits until all have started.</summary>
internal sealed class Creation : IMeasurement
{
    private const int Actors = 200_000;

    public string Name => "Actor creation";
    public string Unit => "actors/s";

    public async Task<Sample> Measure(ActorSystem system)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var countdown = new CountdownEvent(Actors);
        var recipe = Props.Create(() => new Child(countdown, started));
        var parent = system.ActorOf(Props.Create(() => new Parent(recipe)));
        var start = TimeProvider.System.GetTimestamp();
        parent.Tell(Actors);
        await started.Task;
        return new Sample(Bench.PerSecond(Actors, start));
    }

    private sealed class Parent(Props recipe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            for (var i = 0; i < (int)message; i++)
                Context.ActorOf(recipe);
        }
    }

    private sealed class Child(CountdownEvent countdown, TaskCompletionSource started) : UntypedActor
    {
        protected override void PreStart()
        {
            if (countdown.Signal())
                started.TrySetResult();
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
