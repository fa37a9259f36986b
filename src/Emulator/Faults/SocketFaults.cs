using AkkaComfy.Emulator.Faults.Kinds;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults;

/// <summary>The faults of one client's socket: what becomes of each frame, and what it still gets at all.</summary>
internal sealed class SocketFaults(FaultPlan plan, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Hearing _hearing = Hearing.Everything;
    private long _since;
    private TimeSpan? _duration;

    /// <summary>The frames to send in place of this one.</summary>
    public IReadOnlyList<Frame> Befall(Frame frame)
    {
        if (!Hears(frame))
        {
            return [];
        }

        IReadOnlyList<Frame> frames = [frame];
        foreach (var fault in plan.Striking<FrameFault>(fault => fault.Matches(frame)))
        {
            frames = [.. frames.SelectMany(one => one.End is null ? fault.Strike(one, this) : [one])];
        }

        return frames;
    }

    /// <summary>From now on the socket gets less.</summary>
    /// <param name="duration">Null: for the rest of its life.</param>
    public void Mute(Hearing hearing, TimeSpan? duration)
    {
        lock (_gate)
        {
            (_hearing, _since, _duration) = (hearing, time.GetTimestamp(), duration);
        }
    }

    private bool Hears(Frame frame)
    {
        lock (_gate)
        {
            if (_hearing != Hearing.Everything && time.GetElapsedTime(_since) >= _duration)
            {
                _hearing = Hearing.Everything;
            }

            return _hearing == Hearing.Everything || (_hearing == Hearing.StatusOnly && frame.Name == "status");
        }
    }
}

/// <summary>What a socket still gets.</summary>
internal enum Hearing
{
    Everything,
    StatusOnly,
    Nothing,
}
