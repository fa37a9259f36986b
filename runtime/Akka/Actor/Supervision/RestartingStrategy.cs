namespace Akka.Actor;

/// <summary>What the usual strategies share: a decider, and how many restarts they allow within which time.</summary>
public abstract class RestartingStrategy : SupervisorStrategy, IEquatable<RestartingStrategy>
{
    private protected RestartingStrategy(int? retries, TimeSpan? window, IDecider decider, bool loggingEnabled)
    {
        MaxNumberOfRetries = retries ?? -1;
        WithinTimeRangeMilliseconds = window is { } finite && finite != Timeout.InfiniteTimeSpan
            ? (int)Math.Clamp(finite.TotalMilliseconds, -1, int.MaxValue)
            : -1;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public override IDecider Decider { get; }

    /// <summary>Negative: no limit.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>Negative or infinite: counts for ever.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    private protected bool Permits(ChildRestartStats stats) =>
        stats.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRangeMilliseconds);

    public override void HandleChildTerminated(
        IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children) { }

    public bool Equals(RestartingStrategy? other) =>
        other?.GetType() == GetType() && other.MaxNumberOfRetries == MaxNumberOfRetries &&
        other.WithinTimeRangeMilliseconds == WithinTimeRangeMilliseconds && Decider.Equals(other.Decider);

    public override bool Equals(object? obj) => Equals(obj as RestartingStrategy);
    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, Decider);
}

/// <summary>Handles a failure for the failing child alone.</summary>
public class OneForOneStrategy : RestartingStrategy
{
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : base(maxNrOfRetries, withinTimeRange, decider, loggingEnabled: true) { }

    public OneForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider)) { }

    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : base(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), decider, loggingEnabled) { }

    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, -1, localOnlyDecider, loggingEnabled) { }

    public OneForOneStrategy(IDecider decider) : this(-1, -1, decider) { }
    protected OneForOneStrategy() : this(DefaultDecider) { }

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) =>
        new(maxNrOfRetries, WithinTimeRangeMilliseconds, Decider);

    public override void ProcessFailure(
        IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        if (restart && Permits(stats))
            RestartChild(child, cause, suspendFirst: false);
        else
            context.Stop(child);
    }
}

/// <summary>Handles a failure of one child for all of them.</summary>
public class AllForOneStrategy : RestartingStrategy
{
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : base(maxNrOfRetries, withinTimeRange, decider, loggingEnabled: true) { }

    public AllForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider)) { }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : base(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), decider, loggingEnabled) { }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled) { }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }
    public AllForOneStrategy(IDecider decider) : this(-1, -1, decider) { }
    protected AllForOneStrategy() : this(DefaultDecider) { }

    public override void ProcessFailure(
        IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        var permitted = restart;
        foreach (var sibling in children)
            permitted &= restart && Permits(sibling);
        foreach (var sibling in children)
        {
            if (permitted)
                RestartChild(sibling.Child, cause, suspendFirst: !sibling.Child.Equals(child));
            else
                context.Stop(sibling.Child);
        }
    }
}
