namespace Akka.Actor;

/// <summary>Something to happen later; also the handle by which it is called off.</summary>
internal abstract class WheelEntry
{
    public const byte Waiting = 1, Firing = 2, Done = 3, Cancelled = 4;

    public WheelEntry? Next;
    public WheelEntry? Previous;
    public TimerWheel? Wheel;
    public long Due;

    /// <summary>Zero: once.</summary>
    public TimeSpan Interval;

    public byte State;

    public abstract void Fire();

    /// <summary>The wheel ends before the entry's time has come.</summary>
    public virtual void Abandon() { }
}
