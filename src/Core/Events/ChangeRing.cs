using System.Collections.Immutable;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Events;

/// <summary>The last so many changes of jobs, numbered in the order in which they were published.</summary>
public sealed class ChangeRing(int capacity)
{
    private readonly LiveEvents.JobChanged[] _changes = new LiveEvents.JobChanged[capacity];

    /// <summary>The number of the last change; 0 before the first.</summary>
    public long Last { get; private set; }

    public Occurrence Add(LiveEvents.JobChanged change)
    {
        _changes[Last % capacity] = change;
        return new Occurrence(change, ++Last);
    }

    /// <returns>Every change after that number, in order; null when some of them are gone, or none has that number.</returns>
    public ImmutableArray<Occurrence>? After(long number)
    {
        if (number < Math.Max(0, Last - capacity) || number > Last)
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
