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
