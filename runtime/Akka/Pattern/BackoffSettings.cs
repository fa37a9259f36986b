using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Everything a backoff supervisor is told.</summary>
internal sealed record BackoffSettings(Props ChildProps, string ChildName, TimeSpan MinBackoff, TimeSpan MaxBackoff,
    double RandomFactor)
{
    public OneForOneStrategy Strategy { get; init; } = new(-1, null, SupervisorStrategy.DefaultDecider);
    public bool OnFailure { get; init; }

    /// <summary>After which life of the child restarts are forgotten; null if only on demand.</summary>
    public TimeSpan? AutoReset { get; init; } = MinBackoff;
    public object? ReplyWhileStopped { get; init; }
    public Func<object, bool>? IsFinalStop { get; init; }
}

/// <summary>Options as a value.</summary>
internal sealed class BackoffOptionsImpl(BackoffSettings settings) : BackoffOptions
{
    internal override Props Props
    {
        get
        {
            if (settings.MinBackoff <= TimeSpan.Zero)
                throw new ArgumentException("MinBackoff must be greater than 0");
            if (settings.MaxBackoff < settings.MinBackoff)
                throw new ArgumentException("MaxBackoff must be greater than MinBackoff");
            if (settings.RandomFactor is < 0.0 or > 1.0)
                throw new ArgumentException("RandomFactor must be between 0.0 and 1.0");
            return settings.OnFailure && settings.IsFinalStop is not null
                ? throw new NotSupportedException("WithFinalStopMessage on Backoff.OnFailure")
                : Props.Create(() => new BackoffSupervisor(settings));
        }
    }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) =>
        With(settings with { AutoReset = resetBackoff });
    public override BackoffOptions WithManualReset() => With(settings with { AutoReset = null });

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        With(settings with { Strategy = supervisorStrategy });

    public override BackoffOptions WithDefaultStoppingStrategy() => With(settings with
    {
        Strategy = new OneForOneStrategy(settings.Strategy.MaxNumberOfRetries, null, static _ => Directive.Stop),
    });

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        With(settings with { Strategy = settings.Strategy.WithMaxNrOfRetries(maxNrOfRetries) });

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        With(settings with { ReplyWhileStopped = replyWhileStopped });

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        With(settings with { IsFinalStop = isFinalStopMessage });

    private static BackoffOptionsImpl With(BackoffSettings changed) => new(changed);
}
