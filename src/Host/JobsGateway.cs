using Akka.Actor;
using Akka.Hosting;
using AkkaComfy.Actors.Supervisor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Telemetry;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host;

/// <summary>The web server's only way to the actors: every Ask and its timeout. Reads go to the store.</summary>
public sealed class JobsGateway(IRequiredActor<JobSupervisor> supervisor, IJobStore store, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For what waits on an instance to let go of a job, or on a great many commits.</summary>
    private static readonly TimeSpan LongAnswerTimeout = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>The service is about to stop.</summary>
    public bool IsClosed => _closing.IsCancellationRequested;

    /// <summary>Cancelled when the service is about to stop.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>From now on every submission is refused, and nobody waits for news any more.</summary>
    public void Close() => _closing.Cancel();

    /// <summary>Cancelled when the time that running jobs were given is over: nothing more ends in this process.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <summary>From now on nobody waits for a job's end any more.</summary>
    public void Leave() => _leaving.Cancel();

    public void Dispose()
    {
        _closing.Dispose();
        _leaving.Dispose();
    }

    /// <returns>
    /// An <see cref="Jobs.Accepted"/> once the job is recorded, a <see cref="Jobs.Replayed"/>, or a <see cref="Jobs.Refused"/>.
    /// </returns>
    /// <exception cref="AskTimeoutException">
    /// No answer in time; a job accepted all the same is cancelled, unless the client can ask for it by its key.
    /// </exception>
    public async Task<Jobs.IReply> SubmitAsync(Jobs.Submit submit)
    {
        if (IsClosed)
        {
            return new Jobs.Refused(submit.JobId, new Refusal(
                RefusalReason.ShuttingDown, "The service is shutting down; try again in a while."));
        }

        try
        {
            return await AskAsync<Jobs.IReply>(
                submit with { TraceParent = RequestTrace.Parent }, AnswerTimeout, CancellationToken.None);
        }
        catch (AskTimeoutException) when (submit.Key is null)
        {
            supervisor.ActorRef.Tell(new Jobs.Cancel(submit.JobId), ActorRefs.NoSender);
            throw;
        }
    }

    /// <returns>A <see cref="Jobs.CancelAccepted"/> or a <see cref="Jobs.Refused"/>.</returns>
    public Task<Jobs.IReply> CancelAsync(JobId id) =>
        AskAsync<Jobs.IReply>(new Jobs.Cancel(id), AnswerTimeout, CancellationToken.None);

    /// <returns>A <see cref="Jobs.Ended"/> or <see cref="Jobs.Refused"/>; null when it has not ended in time.</returns>
    public async Task<Jobs.IReply?> AwaitEndAsync(JobId id, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync<Jobs.IReply>(new Jobs.AwaitEnd(id, atMost), atMost, cancellationToken);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Returns when the recorded job is newer than the version, and at the latest when it was asked to.</summary>
    public async Task AwaitChangeAsync(JobId id, int since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync<Jobs.IReply>(new Jobs.AwaitChange(id, since, atMost), atMost, cancellationToken);
        }
        catch (AskTimeoutException)
        {
            // No news is what a client that waits is prepared for.
        }
    }

    /// <returns>A <see cref="Jobs.Gone"/> or <see cref="Jobs.Refused"/>; null when its instance has not let go of it yet.</returns>
    public async Task<Jobs.IReply?> DeleteAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync<Jobs.IReply>(new Jobs.Delete(id), LongAnswerTimeout, cancellationToken);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <returns>A <see cref="Jobs.CleanedUp"/> or <see cref="Jobs.NotCleanedUp"/>.</returns>
    public Task<object> CleanupAsync(CancellationToken cancellationToken) =>
        AskAsync<object>(Jobs.Cleanup.Instance, LongAnswerTimeout, cancellationToken);

    public Task<Jobs.Lives> LivesAsync(IEnumerable<JobId> jobs, CancellationToken cancellationToken) =>
        AskAsync<Jobs.Lives>(new Jobs.GetLives([.. jobs]), AnswerTimeout, cancellationToken);

    public Task<JobPage> ListAsync(JobFilter filter, long? after, int max, CancellationToken cancellationToken) =>
        store.ListAsync(filter, after, max, cancellationToken);

    public Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken) =>
        store.CountAsync(cancellationToken);

    public Task<Jobs.Live> LiveAsync(JobId id, CancellationToken cancellationToken) =>
        AskAsync<Jobs.Live>(new Jobs.GetLive(id), AnswerTimeout, cancellationToken);

    /// <summary>The catalog answers otherwise from now on.</summary>
    public void WorkflowsChanged() => supervisor.ActorRef.Tell(Catalog.Changed.Instance, ActorRefs.NoSender);

    public Task<FleetSnapshot> FleetAsync(CancellationToken cancellationToken) =>
        AskAsync<FleetSnapshot>(Instances.GetFleet.Instance, AnswerTimeout, cancellationToken);

    /// <returns>The instance, or that there is none.</returns>
    /// <param name="instance">Its id, or its host.</param>
    public Task<Instances.IReply> InstanceAsync(string instance, CancellationToken cancellationToken) =>
        AskAsync<Instances.IReply>(new Instances.Get(instance), AnswerTimeout, cancellationToken);

    /// <summary>What waits is given to no instance any more: another process will.</summary>
    public Task<FleetSnapshot> HoldQueueAsync(CancellationToken cancellationToken) =>
        AskAsync<FleetSnapshot>(Instances.HoldQueue.Instance, AnswerTimeout, cancellationToken);

    /// <returns>The instance once it takes nothing new, or why not.</returns>
    /// <param name="instance">Its id, or its host.</param>
    public Task<Instances.IReply> DrainAsync(string instance, CancellationToken cancellationToken) =>
        AskAsync<Instances.IReply>(new Instances.Drain(instance), AnswerTimeout, cancellationToken);

    /// <returns>The instance once it may take work again, or why not.</returns>
    /// <param name="instance">Its id, or its host.</param>
    public Task<Instances.IReply> ResumeAsync(string instance, CancellationToken cancellationToken) =>
        AskAsync<Instances.IReply>(new Instances.Resume(instance), AnswerTimeout, cancellationToken);

    /// <returns>Null for a job never recorded, deleted, or forgotten.</returns>
    public async Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } job && job.IsKnown(time.GetUtcNow()) ? job : null;

    /// <returns>1 for the next one; null unless pending.</returns>
    public async Task<int?> QueuePositionAsync(JobId id, CancellationToken cancellationToken) =>
        await store.CountAheadAsync(id, cancellationToken) + 1;

    private Task<T> AskAsync<T>(object message, TimeSpan timeout, CancellationToken cancellationToken) =>
        supervisor.ActorRef.Ask<T>(message, timeout, cancellationToken);
}
