using System.Collections.Frozen;
using Akka.Actor;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Core.Estimates;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Placement;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Supervisor;

/// <summary>Admits jobs, places them on instances, and decides what becomes of each: one mailbox, one truth.</summary>
/// <remarks><code>
///   recovering ──▶ running
/// </code>
/// Every step of a job is decided and applied here at once, then recorded by the journal; what the world outside sees of
/// it (an answer, the POST to ComfyUI, a deletion) is released by the commit. A commit that fails restarts this actor,
/// which then recovers from the store just as at start-up, and as often as that takes.
/// </remarks>
public sealed partial class JobSupervisor : ReceiveActor, IWithTimers, IWithStash
{
    private static readonly TimeSpan RecoveryPause = TimeSpan.FromSeconds(1);

    private readonly SupervisorServices _services;
    private readonly IActorRef _journal;
    private readonly ILogger _log;
    private readonly IPlacement _placement;
    private readonly Estimator _estimator = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly JobTable _jobs = new();
    private readonly Fleet _fleet = new();
    private bool _storeIsDown;

    public JobSupervisor(SupervisorServices services, IActorRef journal)
    {
        _services = services;
        _journal = journal;
        _log = services.Logs.CreateLogger<JobSupervisor>();
        _placement = Placements.Create(services.Options.Placement, services.Chance);
        Become(Recovering);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private FleetOptions Options => _services.Options;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    protected override SupervisorStrategy SupervisorStrategy() => Supervision.Instances;

    /// <summary>What an earlier incarnation still had with the journal is settled before the store is read.</summary>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(Instances.CircuitChanged));
        _journal.Tell(Journaling.Barrier.Instance);
    }

    /// <summary>Jobs are in the store; who waits, and what is known of instances, only this mailbox takes along.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(FleetNow);
        AskAgain();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Recovering()
    {
        Receive<Journaling.Barrier>(_ => ReadStore());
        Receive<RecoverAgain>(_ => ReadStore());
        Receive<Journaling.Committed>(AnswerFor);
        Receive<Journaling.Failed>(AnswerFor);
        Receive<FromStore>(IsOurs, answer =>
        {
            _fence.End(answer.Began);
            Recover((StoreRecovery)answer.Result);
        });
        Receive<StoreFailed>(IsOurs, failed =>
        {
            _log.LogError(failed.Cause, "The job store cannot be read; trying again in {Pause}", RecoveryPause);
            _storeIsDown = true;
            _fence.End(failed.Began);
            Timers.StartSingleTimer(RecoverAgain.Instance, RecoverAgain.Instance, RecoveryPause);
        });
        Receive<Jobs.Submit>(_ => _storeIsDown, submit =>
            Sender.Tell(new Jobs.Refused(submit.JobId, Unrecorded())));
        Receive<FleetBefore>(before => _fleetBefore = before);
        ReceiveAny(_ => Stash.Stash());
    }

    private void ReadStore() =>
        Read(ct => _services.Store.RecoverAsync(ct), recovery => recovery, StorePurpose.Recovery);

    private void Recover(StoreRecovery state)
    {
        foreach (var services in _services.Instances)
        {
            Hire(services);
        }

        RestoreFleet();
        foreach (var (priority, count) in state.PendingByPriority)
        {
            _jobs.CountPending(priority, count);
        }

        LearnPrompts(state.PendingPrompts);
        foreach (var job in state.Processing)
        {
            _jobs.Add(job);
            Reassign(job);
        }

        Timers.StartPeriodicTimer(Sweep.Instance, Sweep.Instance, Options.SweepInterval);
        Become(Running);
        FindUnrunnable();
        Publish(new LiveEvents.Recovered(Now));
        Stash.UnstashAll();
    }

    private void Running()
    {
        Receive<Jobs.Submit>(Submit);
        Receive<Jobs.Cancel>(Cancel);
        Receive<Jobs.Delete>(Delete);
        Receive<StillDeleting>(Delete);
        Receive<LeftFiles>(left => DeleteFiles(left.JobId, left.Blobs));
        Receive<Jobs.Cleanup>(_ => Cleanup());
        Receive<Jobs.AwaitEnd>(AwaitEnd);
        Receive<StillWaiting>(WaitOn);
        Receive<Jobs.AwaitChange>(AwaitChange);
        Receive<Jobs.GetLive>(GetLive);
        Receive<Jobs.GetLives>(many => Sender.Tell(new Jobs.Lives(many.Jobs.ToFrozenDictionary(id => id, LiveOf))));
        Receive<Instances.GetFleet>(_ => Sender.Tell(Snapshot()));
        Receive<Instances.Get>(get => Sender.Tell(Show(get.Instance)));
        Receive<Instances.HoldQueue>(_ =>
        {
            _holds = true;
            Sender.Tell(Snapshot());
        });

        Receive<Catalog.Changed>(ChangeWorkflows);
        Receive<Executions.IReport>(Heard);
        Receive<Instances.Drain>(drain => SetDraining(drain.Instance, true));
        Receive<Instances.Resume>(resume => SetDraining(resume.Instance, false));
        Receive<Instances.Tagged>(tagged => Sender.Tell(new Instances.Strays([.. tagged.Prompts.Where(
            prompt => !JobDecisions.WaitsFor(_jobs.Find(prompt.Job), tagged.Id, prompt.Attempt))])));
        Receive<Instances.Ready>(ready =>
        {
            KeepDraining(ready.Id);
            Adopt(ready.Id);
        });
        Receive<Instances.Changed>(changed =>
        {
            var matters = _fleet.Changed(changed.Now);
            Publish(changed.Now.Id);
            AnswerAsking(changed.Now.Id);
            if (matters)
            {
                Dispatch();
            }
        });
        Receive<Instances.CircuitChanged>(_fleet.Happened);
        Receive<Capabilities.Offered>(offered =>
        {
            _fleet.Learn(offered.Id, offered.Nodes);
            Dispatch();
        });
        Receive<InstanceEnded>(ended =>
        {
            _fleet.Ended(ended.Services.Id);
            Publish(ended.Services.Id);
            Timers.StartSingleTimer(ended.Services.Id, new HireAgain(ended.Services), Supervision.InstancePause);
        });
        Receive<HireAgain>(again => Hire(again.Services));

        Receive<Journaling.Committed>(Release);
        Receive<Journaling.Failed>(CommitFailed);
        Receive<FromStore>(IsOurs, Answered);
        Receive<StoreFailed>(IsOurs, Unanswered);
        Receive<OutputsSaved>(Told);
        Receive<OutputsNotSaved>(Told);
        Receive<Sweep>(_ =>
        {
            ForgetEmptyQueues();
            Dispatch();
            FindUnrunnable();
            FindOverdue();
            FindExpired();
            _waiters.DropOverdue(Now);
            TellOfUnreadable();
        });
    }

    private void Hire(InstanceServices services)
    {
        var actor = Context.ActorOf(InstanceActor.Props(services), services.Id.Value);
        Context.WatchWith(actor, new InstanceEnded(services));
        _fleet.Join(services, actor);
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

    private sealed record RecoverAgain
    {
        public static RecoverAgain Instance { get; } = new();
    }

    private sealed record InstanceEnded(InstanceServices Services);

    private sealed record HireAgain(InstanceServices Services);

    private sealed record Sweep
    {
        public static Sweep Instance { get; } = new();
    }
}
