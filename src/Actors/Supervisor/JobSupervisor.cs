using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Core.Estimates;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Placement;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>Admits jobs, places them on instances, and decides what becomes of each: one mailbox, one truth.</summary>
/// <remarks><code>
///   recovering ──▶ running
/// </code>
/// Every step of a job is decided and applied here at once, then recorded by the journal; what the world outside sees of
/// it (an answer, the POST to ComfyUI, a deletion) is released by the commit. A commit that fails restarts this actor,
/// which then recovers from the store just as at start-up.
/// </remarks>
public sealed partial class JobSupervisor : ReceiveActor, IWithTimers, IWithStash
{
    private readonly SupervisorServices _services;
    private readonly IActorRef _journal;
    private readonly ILogger _log;
    private readonly IPlacement _placement;
    private readonly Estimator _estimator = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly JobTable _jobs = new();
    private readonly Fleet _fleet = new();

    public JobSupervisor(SupervisorServices services, IActorRef journal)
    {
        _services = services;
        _journal = journal;
        _log = services.Logs.CreateLogger<JobSupervisor>();
        _placement = Placements.ByName(services.Options.Placement, out var placement)
            ? placement
            : throw new ArgumentException($"unknown placement policy '{services.Options.Placement}'", nameof(services));
        Become(Recovering);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private FleetOptions Options => _services.Options;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    protected override SupervisorStrategy SupervisorStrategy() => Supervision.Instances;

    /// <summary>What an earlier incarnation still had with the journal is settled before the store is read.</summary>
    protected override void PreStart() => _journal.Tell(Journaling.Barrier.Instance);

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Recovering()
    {
        Receive<Journaling.Barrier>(_ =>
            Read(_services.Store.RecoverAsync(_lifetime.Token), recovery => new Recovered(recovery)));
        Receive<Journaling.Committed>(earlier => { /* of an earlier incarnation: the store tells it all */ });
        Receive<Journaling.Failed>(earlier => { /* the same */ });
        Receive<Recovered>(recovered =>
        {
            foreach (var services in _services.Instances)
            {
                Hire(services);
            }

            foreach (var (priority, count) in recovered.State.PendingByPriority)
            {
                _jobs.CountPending(priority, count);
            }

            foreach (var job in recovered.State.Processing)
            {
                _jobs.Add(job);
                Reassign(job);
            }

            Timers.StartPeriodicTimer(Sweep.Instance, Sweep.Instance, Options.SweepInterval);
            Become(Running);
            Stash.UnstashAll();
        });
        Receive<StoreFailed>(failed => throw new JournalException("the job store could not be read", failed.Cause));
        ReceiveAny(_ => Stash.Stash());
    }

    private void Running()
    {
        Receive<Jobs.Submit>(Submit);
        Receive<Jobs.Cancel>(Cancel);
        Receive<Jobs.AwaitEnd>(AwaitEnd);
        Receive<Jobs.GetLive>(GetLive);
        Receive<Instances.GetFleet>(_ => Sender.Tell(Snapshot()));

        Receive<Executions.IReport>(Heard);
        Receive<Instances.Ready>(ready => Adopt(ready.Id));
        Receive<Instances.Changed>(changed =>
        {
            _fleet.Changed(changed.Now);
            Dispatch();
        });
        Receive<InstanceEnded>(ended =>
            Timers.StartSingleTimer(ended.Services.Id, new HireAgain(ended.Services), Supervision.InstancePause));
        Receive<HireAgain>(again => Hire(again.Services));

        Receive<Journaling.Committed>(Release);
        Receive<Journaling.Failed>(CommitFailed);
        Receive<Claimed>(Take);
        Receive<Loaded>(Continue);
        Receive<Released>(_ => Refill());
        Receive<ExpiryFound>(found => Expire(found.Jobs));
        Receive<FilesDeleted>(deleted => _log.LogDebug("{Count} files of {JobId} are deleted", deleted.Count, deleted.JobId));
        Receive<StoreFailed>(failed => throw new JournalException("the job store could not be read", failed.Cause));
        Receive<Sweep>(_ =>
        {
            Dispatch();
            FindExpired();
        });
    }

    private void Hire(InstanceServices services)
    {
        var actor = Context.ActorOf(InstanceActor.Props(services), services.Id.Value);
        Context.WatchWith(actor, new InstanceEnded(services));
        _fleet.Join(services.Id, services.Endpoint.Host, actor);
    }

    /// <summary>A job that was processing when the supervisor ended: its instance looks for it once it is ready.</summary>
    private void Reassign(Job job)
    {
        if (_fleet.Find(job.Current.On) is { } member)
        {
            member.Jobs[job.Id] = true;
        }
        else
        {
            Record(job, JobDecisions.Lost(job, Gone(job.Current.On), Options.Retry, Now));
        }
    }

    /// <summary>An instance actor that (re)started runs nothing: it is given back what it was running.</summary>
    private void Adopt(InstanceId id)
    {
        foreach (var jobId in _fleet.Find(id)!.HandedOver)
        {
            if (_jobs.Find(jobId) is { Phase: JobPhase.Processing } job)
            {
                Hand(job, adopt: true);
                if (job.CancelRequested)
                {
                    Abort(job);
                }
            }
        }
    }

    private static JobError Gone(InstanceId id) =>
        new("instance_removed", Blame.Network, $"The instance '{id}' is no longer configured.")
        {
            Instance = id, ChargesAttempt = false,
        };

    public static Props Props(SupervisorServices services, IActorRef journal) =>
        Akka.Actor.Props.Create(() => new JobSupervisor(services, journal));

    private sealed record InstanceEnded(InstanceServices Services);

    private sealed record HireAgain(InstanceServices Services);

    private sealed record Sweep
    {
        public static Sweep Instance { get; } = new();
    }
}
