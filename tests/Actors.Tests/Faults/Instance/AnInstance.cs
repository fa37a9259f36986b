using Akka.Actor;
using Akka.TestKit;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Actors.Tests.Faults.Instance;

/// <summary>One instance with its real children over a scripted ComfyUI; a probe stands for the supervisor.</summary>
internal sealed class AnInstance
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly VirtualTime _test;
    private readonly IActorRef _nursery;
    private readonly TestProbe _parent;
    private readonly List<object> _told = [];
    private readonly List<Executions.Run> _runs = [];

    private AnInstance(
        VirtualTime test, ScriptedComfy comfy, MemoryBlobs blobs,
        (IActorRef Nursery, IActorRef Child, TestProbe Parent) raised)
    {
        (_test, Comfy, Blobs) = (test, comfy, blobs);
        (_nursery, Actor, _parent) = raised;
    }

    public IActorRef Actor { get; }

    public ScriptedComfy Comfy { get; }

    public MemoryBlobs Blobs { get; }

    public InstanceSnapshot? Last => Told<Instances.Changed>().LastOrDefault()?.Now;

    public int Readies => Told<Instances.Ready>().Count();

    public IReadOnlyList<Executions.IReport> Ends(Executions.Run run) =>
    [
        .. Told<Executions.IReport>().Where(told =>
            told.JobId == run.JobId && told is not (Executions.Started or Executions.Progressed)),
    ];

    public IEnumerable<T> Told<T>() => _told.OfType<T>();

    public static async Task<AnInstance> StartAsync(
        VirtualTime test, Func<FleetOptions, FleetOptions>? options = null, ScriptedComfy? comfy = null)
    {
        comfy ??= new ScriptedComfy();
        var blobs = new MemoryBlobs();
        var fleet = new FleetOptions { Endpoints = [comfy.Endpoint], MaxConcurrentJobs = 4 };
        var services = new InstanceServices(
            comfy.Endpoint, comfy, blobs, Samples.Catalog, options is null ? fleet : options(fleet),
            NullLoggerFactory.Instance, () => 0);
        var raised = await Nursery.RaiseAsync(test, InstanceActor.Props(services), "instance");
        var instance = new AnInstance(test, comfy, blobs, raised);
        await instance.SettleAsync();
        return instance;
    }

    public async Task<Executions.Run> RunAsync(bool adopt = false, WorkflowName? workflow = null)
    {
        var run = new Executions.Run(
            JobId.New(_test.Scheduler.Now), Attempt: 1, PromptId.New(), workflow ?? Samples.Name,
            await Samples.InputsAsync(Blobs), adopt);
        _runs.Add(run);
        await TellAsync(run);
        return run;
    }

    public Task AbortAsync(Executions.Run run) => TellAsync(new Executions.Abort(run.JobId, run.Attempt));

    public Task ReleaseAsync(Executions.Run run) => TellAsync(new Executions.Release(run.JobId, run.Attempt));

    public async Task TellAsync(object message)
    {
        Actor.Tell(message);
        await SettleAsync();
    }

    /// <summary>Kills a child of the instance, and waits until it is gone.</summary>
    public Task KillChildAsync(string name) => FailForGoodAsync(name, Kill.Instance);

    /// <summary>Tells a child of the instance something that it does not survive.</summary>
    public async Task FailForGoodAsync(string name, object message)
    {
        var child = await ChildAsync(name);
        await _test.EndAsync(child, () => child.Tell(message));
        await SettleAsync();
    }

    /// <summary>Tells a child of the instance something that it survives.</summary>
    public async Task TellChildAsync(string name, object message)
    {
        var child = await ChildAsync(name);
        child.Tell(message);
        await VirtualTime.SettleAsync(child);
        await SettleAsync();
    }

    public static string NameOf(Executions.Run run) => $"{run.JobId}-{run.Attempt}";

    public async Task RestartAsync()
    {
        await Nursery.RestartAsync(_nursery);
        await SettleAsync();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        var tick = by < TimeSpan.FromSeconds(10) ? Tick : TimeSpan.FromSeconds(1);
        for (var left = by; left > TimeSpan.Zero; left -= tick)
        {
            _test.Scheduler.Advance(tick);
            await SettleAsync();
        }
    }

    /// <summary>Executes all that is queued, and waits until these have ended.</summary>
    public async Task FinishAsync(params IReadOnlyList<Executions.Run> runs)
    {
        for (var left = TimeSpan.FromMinutes(2); left > TimeSpan.Zero; left -= Tick)
        {
            if (runs.All(run => Ends(run).Count > 0))
            {
                return;
            }

            Comfy.Run();
            Comfy.Finish();
            await AdvanceAsync(Tick);
        }

        Assert.Fail("not all have ended");
    }

    /// <summary>Until neither the instance nor any child of it has anything left to do.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 2; round++)
        {
            string[] names = ["health", "strays", "connection-1", "connection-2", .. _runs.Select(NameOf)];
            var children = await Task.WhenAll(names.Select(name => _test.Sys.ActorSelection(Actor.Path / name)
                .Ask<ActorIdentity>(new Identify(0), TimeSpan.FromSeconds(20))));
            IActorRef[] everyone =
                [Actor, _nursery, _parent.Ref, .. children.Select(child => child.Subject).OfType<IActorRef>()];
            await VirtualTime.SettleAsync(everyone);
        }

        while (_parent.HasMessages)
        {
            _told.Add(_parent.ReceiveOne(TimeSpan.Zero)!);
        }
    }

    private Task<IActorRef> ChildAsync(string name) =>
        _test.Sys.ActorSelection(Actor.Path / name).ResolveOne(TimeSpan.FromSeconds(20));

    public async Task EndAsync()
    {
        await _test.EndAsync(Actor, () => Actor.Tell(PoisonPill.Instance));
        Assert.All(Comfy.Sockets, socket => Assert.True(socket.IsDisposed));
        Assert.Equal((_runs.Count, 0, 0, 0), (Blobs.Pins, Blobs.OpenWriters, Comfy.OpenDownloads, Comfy.HeldCalls));
        _test.NothingIsScheduled();
    }
}
