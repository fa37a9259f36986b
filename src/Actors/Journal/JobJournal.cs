using Akka.Actor;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Journal;

/// <summary>
/// Records every step of every job: all that waits goes into one transaction, and one is in flight at a time.
/// </summary>
public sealed class JobJournal : ReceiveActor
{
    private const int MaxBatch = 512;

    private readonly IJobStore _store;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Queue<Entry> _waiting = [];
    private readonly List<IActorRef> _barriers = [];
    private IReadOnlyList<Entry> _inFlight = [];

    public JobJournal(IJobStore store)
    {
        _store = store;
        Receive<Journaling.Append>(append =>
        {
            _waiting.Enqueue(new Entry(append, Sender));
            CommitNext();
        });
        Receive<Journaling.Barrier>(_ =>
        {
            _barriers.Add(Sender);
            AnswerBarriers();
        });
        Receive<BatchSettled>(settled => ReferenceEquals(settled.Batch, _inFlight), Settle);
        Receive<BatchSettled>(_ => { /* of an incarnation before a restart: its askers were told */ });
    }

    protected override void PreRestart(Exception reason, object message)
    {
        Array.ForEach([.. _inFlight, .. _waiting], entry => Answer(entry, reason));
        _barriers.ForEach(asker => asker.Tell(Journaling.Barrier.Instance));
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void CommitNext()
    {
        if (_inFlight.Count > 0 || _waiting.Count == 0)
        {
            return;
        }

        var batch = new List<Entry>(Math.Min(_waiting.Count, MaxBatch));
        while (batch.Count < MaxBatch && _waiting.TryDequeue(out var entry))
        {
            batch.Add(entry);
        }

        _inFlight = batch;
        var commits = batch.ConvertAll(entry => entry.Append.Commit);
        var cancellation = _lifetime.Token;
        // A store's "async" calls may be synchronous underneath (SQLite's are): never on the actor's thread.
        Task.Run(() => _store.CommitAsync(commits, cancellation), cancellation).PipeTo(
            Self, success: leftOut => new BatchSettled(batch, leftOut, null), failure: cause => new BatchSettled(batch, [], cause));
    }

    private void Settle(BatchSettled settled)
    {
        _inFlight = [];
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
        if (_inFlight.Count == 0)
        {
            _barriers.ForEach(asker => asker.Tell(Journaling.Barrier.Instance));
            _barriers.Clear();
        }
    }

    private static void Answer(Entry entry, Exception? failure) => entry.Asker.Tell(failure is null
        ? new Journaling.Committed(entry.Append.Commit, entry.Append.OnBehalfOf)
        : new Journaling.Failed(entry.Append.Commit, entry.Append.OnBehalfOf, failure));

    public static Props Props(IJobStore store) => Akka.Actor.Props.Create(() => new JobJournal(store));

    private sealed record Entry(Journaling.Append Append, IActorRef Asker);

    private sealed record BatchSettled(
        IReadOnlyList<Entry> Batch, IReadOnlyList<JobCommit> LeftOut, Exception? Failure);
}
