using Akka.Actor;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Journal;

/// <summary>The conversation with the journal.</summary>
public static class Journaling
{
    /// <summary>Records one step of one job; answered by <see cref="Committed"/> or <see cref="Failed"/>, in order.</summary>
    /// <param name="OnBehalfOf">Whom the asker will answer once it is recorded; handed back untouched.</param>
    public sealed record Append(JobCommit Commit, IActorRef OnBehalfOf);

    public sealed record Committed(JobCommit Commit, IActorRef OnBehalfOf);

    public sealed record Failed(JobCommit Commit, IActorRef OnBehalfOf, Exception Cause);

    /// <summary>Answered by <see cref="Depth"/>.</summary>
    public sealed record GetDepth
    {
        public static GetDepth Instance { get; } = new();
    }

    /// <param name="Waiting">Steps that wait for the commit after the one in flight.</param>
    /// <param name="IsDown">The store does not record now, as far as is known.</param>
    public sealed record Depth(int Waiting, bool IsDown);

    /// <summary>Published on the actor system's event stream after each commit.</summary>
    public sealed record BatchRecorded(int Steps, TimeSpan Took);

    /// <summary>Answered by itself once everything appended before it is settled.</summary>
    public sealed record Barrier
    {
        public static Barrier Instance { get; } = new();
    }
}
