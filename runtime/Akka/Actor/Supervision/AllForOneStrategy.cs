namespace Akka.Actor;

/// <summary>Handles a failure of one child for all of them.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly RestartLimit _limit;

    public AllForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider)) { }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
    {
        _limit = new RestartLimit(maxNrOfRetries, withinTimeRange);
        Decider = decider;
    }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled) { }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), decider) =>
        LoggingEnabled = loggingEnabled;

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }
    public AllForOneStrategy(IDecider decider) : this(-1, -1, decider) { }
    protected AllForOneStrategy() : this(DefaultDecider) { }

    public override IDecider Decider { get; }
    public int MaxNumberOfRetries => _limit.Retries;
    public int WithinTimeRangeMilliseconds => _limit.WindowMilliseconds;
    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    public override void ProcessFailure(
        IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        var permitted = restart;
        foreach (var sibling in children)
            permitted &= restart && sibling.RequestRestartPermission(_limit.Retries, _limit.WindowMilliseconds);
        foreach (var sibling in children)
        {
            if (permitted)
                RestartChild(sibling.Child, cause, suspendFirst: !sibling.Child.Equals(child));
            else
                context.Stop(sibling.Child);
        }
    }

    public override void HandleChildTerminated(
        IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children) { }

    public bool Equals(AllForOneStrategy? other) =>
        other is not null && other.MaxNumberOfRetries == MaxNumberOfRetries &&
        other.WithinTimeRangeMilliseconds == WithinTimeRangeMilliseconds && Decider.Equals(other.Decider);

    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);
    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, Decider);
}
