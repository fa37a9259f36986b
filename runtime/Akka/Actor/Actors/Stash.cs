namespace Akka.Actor;

/// <summary>Sets messages aside, to be put back in front of the mailbox later.</summary>
public interface IStash
{
    bool IsEmpty { get; }
    bool NonEmpty { get; }
    bool IsFull { get; }
    int Count { get; }

    /// <summary>How many messages fit; negative when there is no limit.</summary>
    int Capacity { get; }

    void Stash();
    void Unstash();
    void UnstashAll();
    void UnstashAll(Func<Envelope, bool> predicate);
    IEnumerable<Envelope> ClearStash();
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor that is given a stash when it is created.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

/// <summary>An actor with a stash.</summary>
public interface IWithStash : IActorStash;

/// <summary>An actor with a stash without limit.</summary>
public interface IWithUnboundedStash : IWithStash;

/// <summary>An actor whose stash is limited by <c>akka.actor.default-mailbox.stash-capacity</c>.</summary>
public interface IWithBoundedStash : IWithStash;

internal sealed class CellStash(ActorCell cell, bool isBounded) : IStash
{
    private LinkedList<Letter>? _letters;

    public bool IsEmpty => Count == 0;
    public bool NonEmpty => Count > 0;
    public bool IsFull => Capacity >= 0 && Count >= Capacity;
    public int Count => _letters?.Count ?? 0;
    public int Capacity { get; } = isBounded ? cell.SystemImpl.Mailboxes.StashCapacity(cell.Props) : -1;

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
        Letter[] wanted =
            [.. _letters.Where(it => predicate(new Envelope(it.Message, it.Sender))).Select(Copy)];
        _letters = null;
        cell.Prepend(wanted);
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
