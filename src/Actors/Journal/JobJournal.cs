using Akka.Actor;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Journal;

/// <summary>
/// Records every step of every job: all that waits goes into one transaction, and one is in flight at a time.
/// </summary>
/// <remarks>
/// What it was asked outlives its restarts: the outcome of a transaction in flight is nothing to guess at, and nobody
/// may read the store, or write to it, before that is known.
/// </remarks>
public sealed class JobJournal : ReceiveActor
{
    private const int MaxBatch = 512;

    private readonly IJobStore _store;
    private readonly JournalWork _work;

    public JobJournal(IJobStore store, JournalWork work)
    {
        _store = store;
        _work = work;
        Receive<Journaling.Append>(append =>
        {
            _work.Waiting.Enqueue(new JournalWork.Entry(append, Sender));
            CommitNext();
        });
        Receive<Journaling.Barrier>(_ =>
        {
            _work.Barriers.Add(Sender);
            AnswerBarriers();
        });
        Receive<BatchSettled>(Settle);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // Not the default, which is to do as at the end: what is in flight goes on.
    }

    protected override void PostRestart(Exception reason) => CommitNext();

    protected override void PostStop()
    {
        _work.Lifetime.Cancel();
        _work.Lifetime.Dispose();
    }

    private void CommitNext()
    {
        if (_work.InFlight.Count > 0 || _work.Waiting.Count == 0)
        {
            return;
        }

        var batch = new List<JournalWork.Entry>(Math.Min(_work.Waiting.Count, MaxBatch));
        while (batch.Count < MaxBatch && _work.Waiting.TryDequeue(out var entry))
        {
            batch.Add(entry);
        }

        _work.InFlight = batch;
        var commits = batch.ConvertAll(entry => entry.Append.Commit);
        var cancellation = _work.Lifetime.Token;
        // A store's "async" calls may be synchronous underneath (SQLite's are): never on the actor's thread.
        Task.Run(() => _store.CommitAsync(commits, cancellation), cancellation).PipeTo(
            Self, success: leftOut => new BatchSettled(batch, leftOut, null), failure: cause => new BatchSettled(batch, [], cause));
    }

    private void Settle(BatchSettled settled)
    {
        _work.InFlight = [];
        CommitNext();
        foreach (var entry in settled.Batch)
        {
            var commit = entry.Append.Commit;
            Answer(entry, settled.LeftOut.Contains(commit) ? new KeyTakenException(commit.Key!) : settled.Failure);
        }

        AnswerBarriers();
    }

    private void AnswerBarriers()
    {
        if (_work.InFlight.Count == 0)
        {
            _work.Barriers.ForEach(asker => asker.Tell(Journaling.Barrier.Instance));
            _work.Barriers.Clear();
        }
    }

    private static void Answer(JournalWork.Entry entry, Exception? failure) => entry.Asker.Tell(failure is null
        ? new Journaling.Committed(entry.Append.Commit, entry.Append.OnBehalfOf)
        : new Journaling.Failed(entry.Append.Commit, entry.Append.OnBehalfOf, failure));

    public static Props Props(IJobStore store)
    {
        var work = new JournalWork();
        return Akka.Actor.Props.Create(() => new JobJournal(store, work));
    }

    private sealed record BatchSettled(
        IReadOnlyList<JournalWork.Entry> Batch, IReadOnlyList<JobCommit> LeftOut, Exception? Failure);
}
