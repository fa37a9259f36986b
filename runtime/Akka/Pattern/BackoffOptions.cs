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
        Options(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries, onFailure: true);

    /// <summary>The child is started anew when it has stopped.</summary>
    /// <inheritdoc cref="OnFailure"/>
    public static BackoffOptions OnStop(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) =>
        Options(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries, onFailure: false);

    private static BackoffOptionsImpl Options(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        double randomFactor,
        int maxNrOfRetries,
        bool onFailure) => new(new BackoffSettings(childProps, childName, minBackoff, maxBackoff, randomFactor)
        {
            OnFailure = onFailure,
            Strategy = new OneForOneStrategy(maxNrOfRetries, null, SupervisorStrategy.DefaultDecider),
        });
}

/// <summary>How a backoff supervisor behaves; every method returns changed options.</summary>
public abstract class BackoffOptions
{
    internal abstract Props Props { get; }

    /// <summary>Forgets the restarts once the child has lived for so long.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>Forgets the restarts only when told to by <see cref="BackoffSupervisor.Reset"/>.</summary>
    public abstract BackoffOptions WithManualReset();
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>The child stops, whatever it throws.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>Answers messages that come while there is no child.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>After such a message has passed, the child's stop is final and stops the supervisor.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}
