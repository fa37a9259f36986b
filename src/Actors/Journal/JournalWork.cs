using Akka.Actor;

namespace AkkaComfy.Actors.Journal;

/// <summary>What a journal has under way, whichever of its incarnations looks after it.</summary>
public sealed class JournalWork
{
    internal CancellationTokenSource Lifetime { get; } = new();

    internal Queue<Entry> Waiting { get; } = [];

    internal List<IActorRef> Barriers { get; } = [];

    internal IReadOnlyList<Entry> InFlight { get; set; } = [];

    internal sealed record Entry(Journaling.Append Append, IActorRef Asker);
}
