using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <content>What is read from the store, and what a failure to read it means.</content>
public sealed partial class JobSupervisor
{
    private readonly object _incarnation = new();
    private readonly ReadFence _fence = new();

    private enum StorePurpose
    {
        Recovery,
        Claim,
        Release,
        Load,
        Expiry,
        Files,
        Wait,
        Key,
        QueueTimeout,
        Unrunnable,
        Cleanup,
    }

    /// <summary>Asks the store, off the actor's thread; a failure comes back as a message too, never as silence.</summary>
    private void Read<T>(
        Func<CancellationToken, Task<T>> reading, Func<T, object> then, StorePurpose purpose, object? about = null)
    {
        var (by, cancellation, began) = (_incarnation, _lifetime.Token, _fence.Begin());
        Task.Run(() => reading(cancellation), cancellation).PipeTo(
            Self,
            success: result => new FromStore(by, began, then(result)),
            failure: cause => new StoreFailed(by, began, purpose, about, cause));
    }

    /// <summary>What an earlier incarnation asked is of no concern to this one.</summary>
    private bool IsOurs(IStoreAnswer answer) => ReferenceEquals(answer.By, _incarnation);

    private void Answered(FromStore answer)
    {
        Continue(answer);
        _fence.End(answer.Began);
    }

    private void Continue(FromStore answer)
    {
        switch (answer.Result)
        {
            case Claimed claimed:
                Take(claimed, answer.Began);
                break;
            case Loaded loaded:
                Continue(loaded, answer.Began);
                break;
            case Released:
                Refill();
                break;
            case ExpiryFound found:
                _expiryRuns = false;
                Expire(found.Jobs, answer.Began);
                break;
            case OverdueFound overdue:
                GiveUp(overdue, answer.Began);
                break;
            case UnrunnableFound unrunnable:
                GiveUp(unrunnable, answer.Began);
                break;
            case CleanupFound ended:
                CleanUp(ended, answer.Began);
                break;
            case Recorded recorded:
                Tell(recorded);
                break;
            case KeyLookedUp key:
                Continue(key);
                break;
            case FilesDeleted deleted:
                _log.LogDebug("{Count} files of job {JobId} are deleted", deleted.Count, deleted.JobId);
                FilesAreGone(deleted.JobId);
                break;
        }
    }

    private void Unanswered(StoreFailed failed)
    {
        _log.LogError(failed.Cause, "The job store failed at {Purpose}", failed.Purpose);
        _fence.End(failed.Began);
        switch (failed.Purpose)
        {
            case StorePurpose.Claim:
                _claiming = false;
                break;
            case StorePurpose.Expiry:
                _expiryRuns = false;
                break;
            case StorePurpose.QueueTimeout:
                _timeoutRuns = false;
                break;
            case StorePurpose.Unrunnable:
                _findsUnrunnable = false;
                break;
            case StorePurpose.Cleanup:
                Finish(_cleanup!, new Jobs.NotCleanedUp(Unrecorded()));
                break;
            case StorePurpose.Files:
                FilesAreGone((JobId)failed.About!);
                break;
            case StorePurpose.Wait:
                _waiters.Refuse((JobId)failed.About!, Unrecorded());
                break;
            case StorePurpose.Key:
                RefuseAll((string)failed.About!, Unrecorded());
                break;
            case StorePurpose.Load:
                NotLoaded((JobId)failed.About!);
                break;
            case StorePurpose.Release:
                // A claim that nobody holds would keep its job waiting for ever; recovery gives all claims back.
                throw new JournalException("a claim could not be given back", failed.Cause);
        }
    }

    private void TellOfUnreadable()
    {
        foreach (var damaged in _services.Store.TakeUnreadable())
        {
            _log.LogError(damaged, "A stored job is damaged and passed over until it is repaired");
        }
    }

    private interface IStoreAnswer
    {
        object By { get; }

        /// <summary>The reading, as the fence names it.</summary>
        long Began { get; }
    }

    private sealed record FromStore(object By, long Began, object Result) : IStoreAnswer;

    private sealed record StoreFailed(
        object By, long Began, StorePurpose Purpose, object? About, Exception Cause) : IStoreAnswer;

    private sealed record Claimed(IReadOnlyList<Job> Jobs);

    private sealed record Released(JobId JobId);

    private sealed record Loaded(JobId JobId, Job? Job);
}
