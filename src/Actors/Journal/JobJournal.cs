using Akka.Actor;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Actors.Journal;

/// <summary>
/// Records every step of every job: all that waits goes into one transaction, and one is in flight at a time.
/// </summary>
/// <remarks>
/// What it was asked outlives its restarts: the outcome of a transaction in flight is nothing to guess at, and nobody
/// may read the store, or write to it, before that is known. While the store is not available, submissions are refused
/// and all other steps wait: their jobs were accepted.
/// </remarks>
public sealed class JobJournal : ReceiveActor, IWithTimers
{
    private const int MaxBatch = 512;

    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    private readonly IJobStore _store;
    private readonly JournalWork _work;
    private readonly ILogger _log;

    public JobJournal(IJobStore store, JournalWork work, ILogger<JobJournal> log)
    {
        _store = store;
        _work = work;
        _log = log;
        Receive<Journaling.Append>(Append);
        Receive<Journaling.Barrier>(_ =>
        {
            _work.Barriers.Add(Sender);
            AnswerBarriers();
        });
        Receive<Journaling.GetDepth>(_ =>
            Sender.Tell(new Journaling.Depth(_work.Waiting.Count, _work.Outage is not null)));
        Receive<BatchSettled>(Settle);
        Receive<TryAgain>(_ => CommitNext());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Clock => Context.System.Scheduler.MonotonicClock;

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

    private void Append(Journaling.Append append)
    {
        var entry = new JournalWork.Entry(append, Sender);
        if (_work.Outage is null)
        {
            _work.Waiting.Enqueue(entry);
            CommitNext();
        }
        else if (append.Commit.IsSubmission)
        {
            Answer(entry, _work.Outage);
        }
        else
        {
            _work.Waiting.Enqueue(entry);
        }
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
        _work.InFlightSince = Clock;
        var commits = batch.ConvertAll(entry => entry.Append.Commit);
        var cancellation = _work.Lifetime.Token;
        // A store's "async" calls may be synchronous underneath (SQLite's are): never on the actor's thread.
        Task.Run(() => _store.CommitAsync(commits, cancellation), cancellation).PipeTo(
            Self, success: leftOut => new BatchSettled(batch, leftOut, null), failure: cause => new BatchSettled(batch, [], cause));
    }

    private void Settle(BatchSettled settled)
    {
        _work.InFlight = [];
        if (settled.Failure is StoreUnavailableException outage)
        {
            WaitOut(outage, settled.Batch);
            return;
        }

        if (_work.Outage is not null)
        {
            _log.LogInformation("The job store records again");
            _work.Outage = null;
        }

        if (settled.Failure is null)
        {
            var took = Clock - _work.InFlightSince;
            Context.System.EventStream.Publish(new Journaling.BatchRecorded(settled.Batch.Count, took));
        }

        CommitNext();
        foreach (var entry in settled.Batch)
        {
            var commit = entry.Append.Commit;
            Answer(entry, settled.LeftOut.Contains(commit) ? new KeyTakenException(commit.Key!) : settled.Failure);
        }

        AnswerBarriers();
    }

    private void WaitOut(StoreUnavailableException outage, IReadOnlyList<JournalWork.Entry> unrecorded)
    {
        _work.HoldSteps(unrecorded).ForEach(submission => Answer(submission, outage));
        if (_work.Waiting.Count == 0)
        {
            // Whether it is over the next submission will find out.
            _work.Outage = null;
            AnswerBarriers();
            return;
        }

        if (_work.Outage is null)
        {
            _log.LogError(outage, "The job store does not record; {Count} steps wait for it", _work.Waiting.Count);
        }

        _work.Outage = outage;
        Timers.StartSingleTimer(TryAgain.Instance, TryAgain.Instance, OutagePause);
    }

    private void AnswerBarriers()
    {
        if (_work.IsSettled)
        {
            _work.Barriers.ForEach(asker => asker.Tell(Journaling.Barrier.Instance));
            _work.Barriers.Clear();
        }
    }

    private static void Answer(JournalWork.Entry entry, Exception? failure) => entry.Asker.Tell(failure is null
        ? new Journaling.Committed(entry.Append.Commit, entry.Append.OnBehalfOf)
        : new Journaling.Failed(entry.Append.Commit, entry.Append.OnBehalfOf, failure));

    public static Props Props(IJobStore store, ILogger<JobJournal>? log = null)
    {
        var (work, logger) = (new JournalWork(), log ?? NullLogger<JobJournal>.Instance);
        return Akka.Actor.Props.Create(() => new JobJournal(store, work, logger));
    }

    private sealed record TryAgain
    {
        public static TryAgain Instance { get; } = new();
    }

    private sealed record BatchSettled(
        IReadOnlyList<JournalWork.Entry> Batch, IReadOnlyList<JobCommit> LeftOut, Exception? Failure);
}
