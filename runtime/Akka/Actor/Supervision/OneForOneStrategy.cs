namespace Akka.Actor;

/// <summary>Handles a failure for the failing child alone.</summary>
public class OneForOneStrategy : SupervisorStrategy, IEquatable<OneForOneStrategy>
{
    private readonly RestartLimit _limit;

    public OneForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider)) { }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
    {
        _limit = new RestartLimit(maxNrOfRetries, withinTimeRange);
        Decider = decider;
    }

    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled) { }

    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), decider) =>
        LoggingEnabled = loggingEnabled;

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, -1, localOnlyDecider, loggingEnabled) { }

    public OneForOneStrategy(IDecider decider) : this(-1, -1, decider) { }
    protected OneForOneStrategy() : this(DefaultDecider) { }

    public override IDecider Decider { get; }
    public int MaxNumberOfRetries => _limit.Retries;
    public int WithinTimeRangeMilliseconds => _limit.WindowMilliseconds;

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) =>
        new(maxNrOfRetries, _limit.WindowMilliseconds, Decider);

    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    public override void ProcessFailure(
        IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        if (restart && stats.RequestRestartPermission(_limit.Retries, _limit.WindowMilliseconds))
            RestartChild(child, cause, suspendFirst: false);
        else
            context.Stop(child);
    }

    public override void HandleChildTerminated(
        IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children) { }

    public bool Equals(OneForOneStrategy? other) =>
        other is not null && other.MaxNumberOfRetries == MaxNumberOfRetries &&
        other.WithinTimeRangeMilliseconds == WithinTimeRangeMilliseconds && Decider.Equals(other.Decider);

    public override bool Equals(object? obj) => Equals(obj as OneForOneStrategy);
    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, Decider);
}
