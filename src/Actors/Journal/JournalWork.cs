using Akka.Actor;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Journal;

/// <summary>What a journal has under way, whichever of its incarnations looks after it.</summary>
public sealed class JournalWork
{
    internal CancellationTokenSource Lifetime { get; } = new();

    internal Queue<Entry> Waiting { get; } = [];

    internal List<IActorRef> Barriers { get; } = [];

    internal IReadOnlyList<Entry> InFlight { get; set; } = [];

    /// <summary>On the scheduler's monotonic clock.</summary>
    internal TimeSpan InFlightSince { get; set; }

    /// <summary>Why the store does not record now; null while it does, as far as is known.</summary>
    internal StoreUnavailableException? Outage { get; set; }

    internal bool IsSettled => InFlight.Count == 0 && Waiting.Count == 0;

    /// <summary>Nothing is accepted during an outage; steps of jobs that were accepted before wait, in order, for its end.</summary>
    /// <returns>The submissions, which do not wait.</returns>
    internal List<Entry> HoldSteps(IReadOnlyList<Entry> unrecorded)
    {
        Entry[] all = [.. unrecorded, .. Waiting];
        Waiting.Clear();
        foreach (var step in all.Where(entry => !entry.Append.Commit.IsSubmission))
        {
            Waiting.Enqueue(step);
        }

        return [.. all.Where(entry => entry.Append.Commit.IsSubmission)];
    }

    internal sealed record Entry(Journaling.Append Append, IActorRef Asker);
}
