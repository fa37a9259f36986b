using Akka.Actor;

namespace AkkaComfy.Actors;

/// <summary>The actor system's clock as a <see cref="TimeProvider"/>: virtual under a virtual scheduler.</summary>
public sealed class SchedulerTime(ITimeProvider scheduler) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => scheduler.Now;
}
