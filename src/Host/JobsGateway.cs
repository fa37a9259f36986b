using Akka.Actor;
using Akka.Hosting;
using AkkaComfy.Actors.Supervisor;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host;

/// <summary>The web server's only way to the actors: every Ask and its timeout. Reads go to the store.</summary>
public sealed class JobsGateway(IRequiredActor<JobSupervisor> supervisor, IJobStore store)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private volatile bool _closed;

    /// <summary>The service is about to stop.</summary>
    public bool IsClosed => _closed;

    /// <summary>From now on every submission is refused.</summary>
    public void Close() => _closed = true;

    /// <returns>An <see cref="Jobs.Accepted"/> once the job is recorded, or a <see cref="Jobs.Refused"/>.</returns>
    /// <exception cref="AskTimeoutException">No answer in time; a job accepted all the same is cancelled.</exception>
    public async Task<Jobs.IReply> SubmitAsync(Jobs.Submit submit)
    {
        if (_closed)
        {
            return new Jobs.Refused(submit.JobId, new Refusal(
                RefusalReason.ShuttingDown, "The service is shutting down; try again in a while."));
        }

        try
        {
            return await AskAsync<Jobs.IReply>(submit, AnswerTimeout, CancellationToken.None);
        }
        catch (AskTimeoutException)
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
            return await AskAsync<Jobs.IReply>(new Jobs.AwaitEnd(id), atMost, cancellationToken);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    public Task<Jobs.Live> LiveAsync(JobId id, CancellationToken cancellationToken) =>
        AskAsync<Jobs.Live>(new Jobs.GetLive(id), AnswerTimeout, cancellationToken);

    public Task<FleetSnapshot> FleetAsync(CancellationToken cancellationToken) =>
        AskAsync<FleetSnapshot>(Instances.GetFleet.Instance, AnswerTimeout, cancellationToken);

    /// <returns>The instance once it takes nothing new, or why not.</returns>
    /// <param name="instance">Its id, or its host.</param>
    public Task<Instances.IReply> DrainAsync(string instance, CancellationToken cancellationToken) =>
        AskAsync<Instances.IReply>(new Instances.Drain(instance), AnswerTimeout, cancellationToken);

    /// <returns>The instance once it may take work again, or why not.</returns>
    /// <param name="instance">Its id, or its host.</param>
    public Task<Instances.IReply> ResumeAsync(string instance, CancellationToken cancellationToken) =>
        AskAsync<Instances.IReply>(new Instances.Resume(instance), AnswerTimeout, cancellationToken);

    /// <returns>Null for a job never recorded, or forgotten.</returns>
    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        store.FindAsync(id, cancellationToken);

    /// <returns>1 for the next one; null unless pending.</returns>
    public async Task<int?> QueuePositionAsync(JobId id, CancellationToken cancellationToken) =>
        await store.CountAheadAsync(id, cancellationToken) + 1;

    private Task<T> AskAsync<T>(object message, TimeSpan timeout, CancellationToken cancellationToken) =>
        supervisor.ActorRef.Ask<T>(message, timeout, cancellationToken);
}
