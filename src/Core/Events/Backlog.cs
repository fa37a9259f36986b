using AkkaComfy.Messages;

namespace AkkaComfy.Core.Events;

/// <summary>Why a listener cannot go on from what it has heard, and must look at what there is.</summary>
public enum Gap
{
    None,

    /// <summary>More changed than is kept for a listener that is behind.</summary>
    Overflow,

    /// <summary>The supervisor recovered: of what was recorded before, some may never have been published.</summary>
    Recovery,
}

/// <summary>
/// What a listener has yet to hear, in order: every change of a job, and only the latest of what replaces itself.
/// </summary>
/// <remarks>
/// Bounded. Progress and previews give way to changes; when these alone are too many, all is let go and
/// <see cref="Gap"/> says so: who reads a snapshot after taking this has missed nothing.
/// </remarks>
public sealed class Backlog(int limit)
{
    private readonly List<Occurrence> _occurrences = [];

    /// <summary>Set: <see cref="Occurrences"/> is empty, and whatever came until now is in a snapshot read from now on.</summary>
    public Gap Gap { get; private set; }

    /// <summary>The number of the last change that came, let go or not; 0 if none was numbered.</summary>
    public long Last { get; private set; }

    public IReadOnlyList<Occurrence> Occurrences => _occurrences;

    /// <returns>This.</returns>
    public Backlog Add(Occurrence occurrence)
    {
        Last = Math.Max(Last, occurrence.Number);
        if (occurrence.What is LiveEvents.Recovered)
        {
            LetGo(Gap.Recovery);
        }
        else if (Gap == Gap.None)
        {
            Keep(occurrence);
        }

        return this;
    }

    private void Keep(Occurrence occurrence)
    {
        if (_occurrences.Count > 0)
        {
            ForgetReplaced(occurrence.What);
        }

        if (_occurrences.Count < limit || DropOldestVolatile())
        {
            _occurrences.Add(occurrence);
        }
        else if (!IsVolatile(occurrence.What))
        {
            LetGo(Gap.Overflow);
        }
    }

    private void ForgetReplaced(LiveEvents.IEvent by)
    {
        var replaced = _occurrences.FindLastIndex(earlier => Replaces(by, earlier.What));
        if (replaced >= 0)
        {
            _occurrences.RemoveAt(replaced);
        }
    }

    private bool DropOldestVolatile()
    {
        var oldest = _occurrences.FindIndex(occurrence => IsVolatile(occurrence.What));
        if (oldest >= 0)
        {
            _occurrences.RemoveAt(oldest);
        }

        return oldest >= 0;
    }

    private void LetGo(Gap why)
    {
        Gap = why;
        _occurrences.Clear();
    }

    private static bool IsVolatile(LiveEvents.IEvent what) =>
        what is LiveEvents.JobProgressed or LiveEvents.JobPreviewed;

    private static bool Replaces(LiveEvents.IEvent later, LiveEvents.IEvent earlier) => (later, earlier) switch
    {
        (LiveEvents.JobProgressed now, LiveEvents.JobProgressed before) => now.JobId == before.JobId,
        (LiveEvents.JobPreviewed now, LiveEvents.JobPreviewed before) => now.JobId == before.JobId,
        (LiveEvents.InstanceChanged now, LiveEvents.InstanceChanged before) => now.Now.Id == before.Now.Id,
        _ => false,
    };
}
