using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Asks the test event listener not to print what any of the filters matches; counts what it has caught.
/// </summary>
internal sealed class Mute(ActorSystem system, IReadOnlyList<LogFilter> filters)
    : IUnmutableFilter, INoSerializationVerificationNeeded
{
    private int _caught;

    public int Caught => Volatile.Read(ref _caught);

    public static Mute Start(ActorSystem system, IReadOnlyList<LogFilter> filters)
    {
        var mute = new Mute(system, filters);
        system.EventStream.Publish(mute);
        return mute;
    }

    public bool Catches(LogEvent entry)
    {
        if (!filters.Any(filter => filter.Matches(entry))) return false;
        Interlocked.Increment(ref _caught);
        return true;
    }

    public void Unmute() => system.EventStream.Publish(new Unmute(this));

    public void Dispose() => Unmute();
}

internal sealed record Unmute(Mute Ended) : INoSerializationVerificationNeeded;
