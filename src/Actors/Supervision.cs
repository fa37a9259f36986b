using Akka.Actor;

namespace AkkaComfy.Actors;

/// <summary>Every supervisor strategy of the tree, in one place.</summary>
/// <remarks><code>
/// /user/jobs            restarts, always: recovers from the store as at start-up   (the guardian's default)
///   │                   one that stops all the same ends the process: see Sentinel; so do /user/journal and
///   │                   /user/events, whose listeners find the next incarnation and look at what they missed
///   └─ &lt;instance&gt;       restarts; one that cannot be kept alive stops and is made anew after a pause
///        ├─ health      restarts with a closed circuit; if it cannot, the whole instance restarts
///        ├─ nodes       restarts and reads anew; if it cannot, another is made that reads later
///        ├─ strays      restarts; if it cannot, nothing is swept until the instance restarts
///        ├─ connection  restarts and reconnects; if it cannot, the pool makes another on demand
///        └─ execution   restarts and finds its prompt by id; if it cannot, the attempt fails as our fault
/// </code></remarks>
internal static class Supervision
{
    /// <summary>The pause before an instance that stopped for good is made anew.</summary>
    public static readonly TimeSpan InstancePause = TimeSpan.FromSeconds(1);

    public static SupervisorStrategy Instances { get; } = RestartAtMost(10);

    public static SupervisorStrategy InstanceChildren { get; } = RestartAtMost(3);

    private static OneForOneStrategy RestartAtMost(int timesAMinute) => new(
        timesAMinute,
        TimeSpan.FromMinutes(1),
        cause => cause is ActorKilledException ? Directive.Stop : Directive.Restart);
}
