namespace Akka.Streams.Implementation;

/// <summary>Runs streams on the thread pool; a supervisor actor below the system or actor ends them with it.</summary>
internal sealed class StreamMaterializer : ActorMaterializer
{
    private static int _supervisors;

    private readonly CancellationTokenSource _lifetime = new();
    private readonly LocalActorRef _supervisor;

    private StreamMaterializer(ActorSystem system, IActorRefFactory context, ActorMaterializerSettings? settings)
    {
        System = system;
        Settings = settings ?? ActorMaterializerSettings.Create(system);
        Lifetime = _lifetime.Token;
        _supervisor = (LocalActorRef)context.ActorOf(
            Props.Create(() => new Supervisor(_lifetime)),
            $"StreamSupervisor-{Interlocked.Increment(ref _supervisors)}");
    }

    public override ActorMaterializerSettings Settings { get; }
    public override ActorSystem System { get; }
    public override bool IsShutdown => Lifetime.IsCancellationRequested;
    public CancellationToken Lifetime { get; }

    public static StreamMaterializer For(IActorRefFactory context, ActorMaterializerSettings? settings) =>
        context switch
        {
            ActorSystem system => new StreamMaterializer(system, context, settings),
            IActorContext actor => new StreamMaterializer(actor.System, context, settings),
            _ => throw new NotSupportedException($"A materializer for a {context.GetType()}"),
        };

    public override TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable)
    {
        if (IsShutdown)
        {
            throw new InvalidOperationException("Trying to materialize stream after materializer has been shutdown");
        }
        return Blueprint.Of(runnable).Run(new Scope(this, Attributes.None));
    }

    public override void Shutdown()
    {
        // The streams end on the pool, not on the thread of whoever stops them.
        _ = _lifetime.CancelAsync();
        _supervisor.Stop();
    }

    /// <summary>Starts an actor that lives as long as the materializer at most.</summary>
    public IActorRef StartActor(Props props) => _supervisor.Underlying.AttachChild(props, null);

    public AbruptTerminationException Abrupt() =>
        new($"The streams of {_supervisor.Path} terminated abruptly: their actor or actor system has stopped");

    private sealed class Supervisor(CancellationTokenSource lifetime) : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => _ = lifetime.CancelAsync();
    }
}
