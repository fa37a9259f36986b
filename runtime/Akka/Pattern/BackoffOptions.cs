using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Builds options for a supervisor that restarts its child after a growing delay.</summary>
public static class Backoff
{
    /// <summary>The child is restarted when it throws.</summary>
    /// <param name="childProps">What the child is.</param>
    /// <param name="childName">Its name under the supervisor.</param>
    /// <param name="minBackoff">The delay before the first restart.</param>
    /// <param name="maxBackoff">The delay never grows beyond this, but for the random part.</param>
    /// <param name="randomFactor">Up to which part of itself a delay grows by chance.</param>
    /// <param name="maxNrOfRetries">After so many restarts the supervisor stops; -1 for never.</param>
    public static BackoffOptions OnFailure(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) =>
        new(new(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries) { OnFailure = true });

    /// <summary>The child is started anew when it has stopped.</summary>
    /// <inheritdoc cref="OnFailure"/>
    public static BackoffOptions OnStop(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) =>
        new(new(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries));
}

/// <summary>How a backoff supervisor behaves; every method returns changed options.</summary>
public sealed class BackoffOptions
{
    private readonly BackoffSettings _settings;

    internal BackoffOptions(BackoffSettings settings) => _settings = settings;

    internal Props Props
    {
        get
        {
            if (_settings.MinBackoff <= TimeSpan.Zero)
                throw new ArgumentException("MinBackoff must be greater than 0");
            if (_settings.MaxBackoff < _settings.MinBackoff)
                throw new ArgumentException("MaxBackoff must be greater than MinBackoff");
            if (_settings.RandomFactor is < 0.0 or > 1.0)
                throw new ArgumentException("RandomFactor must be between 0.0 and 1.0");
            if (_settings.OnFailure && _settings.IsFinalStop is not null)
                throw new NotSupportedException("WithFinalStopMessage on Backoff.OnFailure");
            return Props.Create(() => new BackoffSupervisor(_settings));
        }
    }

    /// <summary>Forgets the restarts once the child has lived for so long.</summary>
    public BackoffOptions WithAutoReset(TimeSpan resetBackoff) => new(_settings with { AutoReset = resetBackoff });

    /// <summary>Forgets the restarts only when told to by <see cref="BackoffSupervisor.Reset"/>.</summary>
    public BackoffOptions WithManualReset() => new(_settings with { AutoReset = null });

    public BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        new(_settings with { Strategy = supervisorStrategy });

    /// <summary>The child stops, whatever it throws.</summary>
    public BackoffOptions WithDefaultStoppingStrategy() =>
        WithSupervisorStrategy(new(_settings.Strategy.MaxNumberOfRetries, null, static _ => Directive.Stop));

    public BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        WithSupervisorStrategy(_settings.Strategy.WithMaxNrOfRetries(maxNrOfRetries));

    /// <summary>Answers messages that come while there is no child.</summary>
    public BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        new(_settings with { ReplyWhileStopped = replyWhileStopped });

    /// <summary>After such a message has passed, the child's stop is final and stops the supervisor.</summary>
    public BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        new(_settings with { IsFinalStop = isFinalStopMessage });
}

/// <summary>Everything a backoff supervisor is told.</summary>
internal sealed record BackoffSettings(
    Props ChildProps, string ChildName, TimeSpan MinBackoff, TimeSpan MaxBackoff, double RandomFactor, int Retries)
{
    public OneForOneStrategy Strategy { get; init; } = new(Retries, null, SupervisorStrategy.DefaultDecider);
    public bool OnFailure { get; init; }

    /// <summary>After which life of the child restarts are forgotten; null if only on demand.</summary>
    public TimeSpan? AutoReset { get; init; } = MinBackoff;
    public object? ReplyWhileStopped { get; init; }
    public Func<object, bool>? IsFinalStop { get; init; }
}
