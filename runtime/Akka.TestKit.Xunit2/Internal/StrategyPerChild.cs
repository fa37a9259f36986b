using Akka.Actor;

namespace Akka.TestKit.Internal;

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
