namespace Akka.TestKit.Internal;

/// <summary>The actor behind <c>TestActor</c> and every probe: queues what it receives for the test.</summary>
internal sealed class InternalTestActor(MessageQueue queue) : UntypedActor
{
    private AutoPilot? _pilot;
    private Func<object, bool>? _ignore;
    private StrategyPerChild? _strategies;

    public sealed record Ignore(Func<object, bool>? ShouldIgnore) : INoSerializationVerificationNeeded;
    public sealed record StartWatching(IActorRef Target) : INoSerializationVerificationNeeded;
    public sealed record StopWatching(IActorRef Target) : INoSerializationVerificationNeeded;
    public sealed record SetPilot(AutoPilot Pilot) : INoSerializationVerificationNeeded;

    public sealed record Spawn(Props Props, string? Name, SupervisorStrategy? Strategy)
        : INoSerializationVerificationNeeded;

    protected override SupervisorStrategy SupervisorStrategy() => _strategies ??= new StrategyPerChild();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Ignore ignore:
                _ignore = ignore.ShouldIgnore;
                return;
            case StartWatching watch:
                Context.Watch(watch.Target);
                Sender?.Tell(watch.Target, Self);
                return;
            case StopWatching unwatch:
                Context.Unwatch(unwatch.Target);
                Sender?.Tell(unwatch.Target, Self);
                return;
            case SetPilot set:
                _pilot = set.Pilot;
                return;
            case Spawn spawn:
                var child = Context.ActorOf(spawn.Props, spawn.Name);
                if (spawn.Strategy is { } strategy) (_strategies ??= new StrategyPerChild()).Use(child, strategy);
                Sender.Tell(child, Self);
                return;
        }

        if (_pilot is { } pilot)
        {
            _pilot = pilot.Run(Sender, message) switch
            {
                KeepRunning => pilot,
                NoAutoPilot => null,
                var next => next,
            };
        }

        if (_ignore?.Invoke(message) != true) queue.Add(new RealMessageEnvelope(message, Sender));
    }

    protected override void PostStop()
    {
        while (queue.TryTakeNow(out var left))
        {
            Context.System.DeadLetters.Tell(new DeadLetter(left.Message!, left.Sender, Self), left.Sender);
        }
    }
}

/// <summary>Supervises each child of a test actor by the strategy it was created with, else by the default.</summary>
internal sealed class StrategyPerChild : OneForOneStrategy
{
    private readonly Dictionary<IActorRef, SupervisorStrategy> _strategies = [];

    public void Use(IActorRef child, SupervisorStrategy strategy) => _strategies[child] = strategy;

    public override void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause,
        ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children) =>
        For(child).ProcessFailure(context, restart, child, cause, stats, children);

    protected override Directive Handle(IActorRef child, Exception exception) => For(child).Decider.Decide(exception);

    private SupervisorStrategy For(IActorRef child) => _strategies.GetValueOrDefault(child, DefaultStrategy);
}
