using Akka.Actor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <content>What is read from the store, and what a failure to read it means.</content>
public sealed partial class JobSupervisor
{
    private readonly object _incarnation = new();

    private enum StorePurpose
    {
        Recovery,
        Claim,
        Release,
        Load,
        Expiry,
        Files,
    }

    /// <summary>Asks the store, off the actor's thread; a failure comes back as a message too, never as silence.</summary>
    private void Read<T>(
        Func<CancellationToken, Task<T>> reading, Func<T, object> then, StorePurpose purpose, object? about = null)
    {
        var (by, cancellation) = (_incarnation, _lifetime.Token);
        Task.Run(() => reading(cancellation), cancellation).PipeTo(
            Self,
            success: result => new FromStore(by, then(result)),
            failure: cause => new StoreFailed(by, purpose, about, cause));
    }

    /// <summary>What an earlier incarnation asked is of no concern to this one.</summary>
    private bool IsOurs(IStoreAnswer answer) => ReferenceEquals(answer.By, _incarnation);

    private void Answered(FromStore answer)
    {
        switch (answer.Result)
        {
            case Claimed claimed:
                Take(claimed);
                break;
            case Loaded loaded:
                Continue(loaded);
                break;
            case Released:
                Refill();
                break;
            case ExpiryFound found:
                Expire(found.Jobs);
                break;
            case FilesDeleted deleted:
                _log.LogDebug("{Count} files of job {JobId} are deleted", deleted.Count, deleted.JobId);
                break;
        }
    }

    private void Unanswered(StoreFailed failed)
    {
        _log.LogError(failed.Cause, "The job store failed at {Purpose}", failed.Purpose);
        switch (failed.Purpose)
        {
            case StorePurpose.Claim:
                _claiming = false;
                break;
            case StorePurpose.Expiry:
                _expiryRuns = false;
                break;
            case StorePurpose.Load:
                NotLoaded((JobId)failed.About!);
                break;
            case StorePurpose.Release:
                // A claim that nobody holds would keep its job waiting for ever; recovery gives all claims back.
                throw new JournalException("a claim could not be given back", failed.Cause);
        }
    }

    private interface IStoreAnswer
    {
        object By { get; }
    }

    private sealed record FromStore(object By, object Result) : IStoreAnswer;

    private sealed record StoreFailed(object By, StorePurpose Purpose, object? About, Exception Cause) : IStoreAnswer;

    private sealed record Claimed(IReadOnlyList<Job> Jobs);

    private sealed record Released(JobId JobId);

    private sealed record Loaded(JobId JobId, Job? Job);

    private sealed record ExpiryFound(IReadOnlyList<Job> Jobs);

    private sealed record FilesDeleted(JobId JobId, int Count);
}
