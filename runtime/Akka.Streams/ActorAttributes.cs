using Akka.Streams.Supervision;

namespace Akka.Streams;

/// <summary>Attributes of streams that run on an actor system.</summary>
public static class ActorAttributes
{
    public static Attributes CreateSupervisionStrategy(Decider strategy) => new(new SupervisionStrategy(strategy));

    /// <summary>Kept for source that names a dispatcher; the bundled runtime runs streams on the thread pool.</summary>
    public static Attributes CreateDispatcher(string dispatcherName) => new(new Dispatcher(dispatcherName));

    /// <summary>Decides about exceptions of user code.</summary>
    public sealed class SupervisionStrategy(Decider decider) : Attributes.IAttribute
    {
        public Decider Decider => decider;
    }

    /// <summary>The dispatcher to run on.</summary>
    public sealed class Dispatcher(string name) : Attributes.IAttribute
    {
        public string Name => name;
    }
}
