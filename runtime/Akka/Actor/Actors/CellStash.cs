namespace Akka.Actor;

internal static class Stashes
{
    public static CellStash GiveTo(IActorStash actor, ActorCell cell)
    {
        var capacity = actor is IWithBoundedStash ? cell.SystemImpl.Mailboxes.StashCapacity(cell.Props) : -1;
        var stash = new CellStash(cell, capacity);
        actor.Stash = stash;
        return stash;
    }
}

internal sealed class CellStash(ActorCell cell, int capacity) : IStash
{
    private LinkedList<Letter>? _letters;

    public bool IsEmpty => Count == 0;
    public bool NonEmpty => Count > 0;
    public bool IsFull => Capacity >= 0 && Count >= Capacity;
    public int Count => _letters?.Count ?? 0;
    public int Capacity => capacity;

    public void Stash()
    {
        var letter = cell.CurrentLetter
            ?? throw new IllegalActorStateException("There is no message to stash: none is being handled.");
        _letters ??= new LinkedList<Letter>();
        if (ReferenceEquals(_letters.Last?.Value, letter))
            throw new IllegalActorStateException($"Can't stash the same message {letter.Message} more than once");
        if (IsFull)
            throw new StashOverflowException(
                $"Couldn't enqueue message {letter.Message.GetType()} to stash of {cell.Self}: " +
                $"its capacity is {Capacity}");
        _letters.AddLast(letter);
    }

    public void Unstash()
    {
        if (_letters?.First is not { } first)
            return;
        _letters.RemoveFirst();
        cell.Prepend([Copy(first.Value)]);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        if (_letters is null)
            return;
        var wanted = _letters.Where(letter => predicate(new Envelope(letter.Message, letter.Sender))).Select(Copy);
        Letter[] letters = [.. wanted];
        _letters = null;
        cell.Prepend(letters);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] envelopes = [.. (_letters ?? []).Select(letter => new Envelope(letter.Message, letter.Sender))];
        _letters = null;
        return envelopes;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        _letters ??= new LinkedList<Letter>();
        foreach (var envelope in envelopes.Reverse())
            _letters.AddFirst(new Letter(envelope.Message, envelope.Sender));
    }

    // A letter taken out again is a new one: it may be stashed anew.
    private static Letter Copy(Letter letter) => new(letter.Message, letter.Sender);
}
