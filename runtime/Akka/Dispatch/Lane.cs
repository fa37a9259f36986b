using Akka.Actor;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>
/// The place of one thread for the actor whose turn comes next on it. Should the thread be kept by the turn before, be
/// it blocked or merely long, a watch that runs while any lane does gives that actor to the pool within milliseconds.
/// </summary>
internal sealed class Lane
{
    private const int QuietTicksToStop = 50;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private static readonly Lock Gate = new();
    private static readonly List<WeakReference<Lane>> All = [];
    private static readonly ITimer Watch = ContextFreeTimer.Create(TimeProvider.System, Look);

    private static bool s_watching;
    private static int s_quietTicks;

    [ThreadStatic]
    private static Lane? t_lane;

    private ActorCell? _next;
    private ActorCell? _seen;

    public static Lane? OfThisThread => t_lane;

    /// <summary>Whether its thread is in a turn, so that someone will come for who is put here.</summary>
    public bool IsRunning { get; set; }

    public static Lane Enter()
    {
        var lane = t_lane ?? Add();
        lane.IsRunning = true;
        // The watch must not stop unseen between these two.
        Interlocked.MemoryBarrier();
        if (!Volatile.Read(ref s_watching))
            StartWatch();
        return lane;
    }

    /// <returns>False when someone waits here already.</returns>
    public bool TryPut(ActorCell cell)
    {
        if (Volatile.Read(ref _next) is not null)
            return false;
        // Only this thread puts; the watch only takes.
        Volatile.Write(ref _next, cell);
        return true;
    }

    public ActorCell? Take() => Volatile.Read(ref _next) is null ? null : Interlocked.Exchange(ref _next, null);

    private static Lane Add()
    {
        var lane = t_lane = new Lane();
        lock (Gate)
            All.Add(new WeakReference<Lane>(lane));
        return lane;
    }

    private static void StartWatch()
    {
        lock (Gate)
        {
            if (s_watching)
                return;
            s_quietTicks = 0;
            Volatile.Write(ref s_watching, true);
            Watch.Change(Tick, Tick);
        }
    }

    private static void Look()
    {
        lock (Gate)
        {
            if (FreeWaiting())
            {
                s_quietTicks = 0;
            }
            else if (++s_quietTicks >= QuietTicksToStop && s_watching)
            {
                Volatile.Write(ref s_watching, false);
                Interlocked.MemoryBarrier();
                if (FreeWaiting())
                    Volatile.Write(ref s_watching, true);
                else
                    Watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Hands over who has waited since the last look.</summary>
    /// <returns>Whether any lane is running.</returns>
    private static bool FreeWaiting()
    {
        var running = false;
        for (var i = All.Count - 1; i >= 0; i--)
        {
            if (!All[i].TryGetTarget(out var lane))
            {
                All.RemoveAt(i);
                continue;
            }
            running |= lane.IsRunning;
            var waiting = Volatile.Read(ref lane._next);
            if (waiting is not null && ReferenceEquals(waiting, lane._seen) &&
                ReferenceEquals(Interlocked.CompareExchange(ref lane._next, null, waiting), waiting))
                ThreadPool.UnsafeQueueUserWorkItem(waiting, preferLocal: false);
            lane._seen = waiting;
        }
        return running;
    }
}
