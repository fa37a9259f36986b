using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Events;

/// <summary>The last so many changes of jobs, numbered in the order in which they were published.</summary>
public sealed class ChangeRing(int capacity)
{
    private readonly LiveEvents.JobChanged[] _changes = new LiveEvents.JobChanged[capacity];

    /// <summary>Of this and what came before nothing is known, however little that is.</summary>
    private long _forgotten;

    /// <summary>The last number given; 0 before the first.</summary>
    public long Last { get; private set; }

    public Occurrence Add(LiveEvents.JobChanged change)
    {
        _changes[Last % capacity] = change;
        return new Occurrence(change, ++Last);
    }

    /// <summary>Of the changes until now some may be missing: who has heard only these can not go on from there.</summary>
    /// <returns>The number of the gap: who has heard that can.</returns>
    public long Forget()
    {
        Array.Clear(_changes);
        return _forgotten = ++Last;
    }

    /// <returns>Every change after that number, in order; null when some of them are gone, or none has that number.</returns>
    public ImmutableArray<Occurrence>? After(long number)
    {
        if (number < Math.Max(_forgotten, Last - capacity) || number > Last)
        {
            return null;
        }

        var after = ImmutableArray.CreateBuilder<Occurrence>((int)(Last - number));
        for (var next = number + 1; next <= Last; next++)
        {
            after.Add(new Occurrence(_changes[(next - 1) % capacity], next));
        }

        return after.MoveToImmutable();
    }
}
