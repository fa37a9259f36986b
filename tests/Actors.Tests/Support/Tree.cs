using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Supervisor;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Actors.Tests.Support;

/// <summary>The whole actor tree over fake instances and a memory store: what is said to it and what comes out.</summary>
internal sealed class Tree : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _system;
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("akkacomfy-tree-");

    private Tree(
        IReadOnlyList<FakeComfy> instances, Func<FleetOptions, FleetOptions> options, IJobStore? store,
        IWorkflowCatalog workflows)
    {
        Instances = instances;
        Store = store ?? new MemoryJobStore();
        Blobs = new FileBlobStore(_files.FullName);
        // Errors that a test provokes are asserted by their effects; the log would only add noise.
        _system = ActorSystem.Create("tree", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"));
        var fleet = options(new FleetOptions
        {
            Endpoints = [.. instances.Select(instance => instance.Endpoint)],
            MaxConcurrentJobs = 2 * instances.Count,
            LookInterval = TimeSpan.FromMilliseconds(200),
            PollInterval = TimeSpan.FromMilliseconds(50),
            SweepInterval = TimeSpan.FromMilliseconds(100),
            HealthCheckInterval = TimeSpan.FromMilliseconds(200),
        });
        var services = new SupervisorServices(Store, Blobs, workflows, fleet,
        [
            .. instances.Select(instance => new InstanceServices(
                instance.Endpoint, instance, Blobs, workflows, fleet, NullLoggerFactory.Instance, () => 0.5)),
        ], NullLoggerFactory.Instance, () => 0.5);
        Journal = _system.ActorOf(JobJournal.Props(Store), "journal");
        Jobs = _system.ActorOf(JobSupervisor.Props(services, Journal), "jobs");
    }

    public IReadOnlyList<FakeComfy> Instances { get; }

    public IJobStore Store { get; }

    public FileBlobStore Blobs { get; }

    public string PathOf(BlobId blob) => Path.Combine(_files.FullName, blob.Value[..2], blob.Value[2..]);

    public IActorRef Jobs { get; }

    public IActorRef Journal { get; }

    /// <summary>A tree whose instances have all been probed.</summary>
    public static async Task<Tree> StartAsync(
        int instances = 2,
        Func<FleetOptions, FleetOptions>? options = null,
        IJobStore? store = null,
        Action<IReadOnlyList<FakeComfy>>? prepare = null,
        IWorkflowCatalog? workflows = null)
    {
        var fakes = Enumerable.Range(1, instances).Select(i => new FakeComfy($"fake:{i}")).ToList();
        prepare?.Invoke(fakes);
        var tree = new Tree(fakes, options ?? (fleet => fleet), store, workflows ?? Samples.Catalog);
        await tree.UntilFleetAsync(fleet => fleet.Instances.All(instance => instance.State == InstanceState.Up));
        return tree;
    }

    public async Task<JobId> SubmitAsync(int priority = 0, WorkflowName? workflow = null)
    {
        var reply = await TrySubmitAsync(priority, workflow: workflow);
        return Assert.IsType<Messages.Jobs.Accepted>(reply).JobId;
    }

    public async Task<Messages.Jobs.IReply> TrySubmitAsync(
        int priority = 0, bool needsHealthyInstance = false, JobId? id = null, WorkflowName? workflow = null,
        IdempotencyKey? key = null, Inputs? inputs = null) =>
        await Jobs.Ask<Messages.Jobs.IReply>(new Messages.Jobs.Submit(
            id ?? JobId.New(TimeProvider.System.GetUtcNow()), workflow ?? Samples.Name, inputs ?? await Samples.InputsAsync(Blobs), priority,
            needsHealthyInstance, key), Patience);

    /// <summary>Submits a graph that is none of the workflows.</summary>
    public async Task<JobId> SubmitPromptAsync(string graph, int priority = 0)
    {
        var inputs = await Samples.PromptAsync(Blobs, graph);
        return Assert.IsType<Messages.Jobs.Accepted>(
            await TrySubmitAsync(priority, workflow: WorkflowName.Prompt, inputs: inputs)).JobId;
    }

    public async Task UntilStoreIsAskedAsync(FaultyStore store)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!store.IsAsked)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    public Task<Messages.Jobs.IReply> CancelAsync(JobId id) =>
        Jobs.Ask<Messages.Jobs.IReply>(new Messages.Jobs.Cancel(id), Patience);

    public async Task<Job> EndOfAsync(JobId id)
    {
        using var limit = new CancellationTokenSource(Patience);
        await Jobs.Ask<Messages.Jobs.Ended>(new Messages.Jobs.AwaitEnd(id), Patience);
        return (await Store.FindAsync(id, limit.Token))!;
    }

    public Task<Messages.Jobs.IReply> DeleteAsync(JobId id) =>
        Jobs.Ask<Messages.Jobs.IReply>(new Messages.Jobs.Delete(id), Patience);

    /// <returns>How many jobs were expired.</returns>
    public async Task<int> CleanUpAsync() =>
        (await Jobs.Ask<Messages.Jobs.CleanedUp>(Messages.Jobs.Cleanup.Instance, Patience)).Count;

    public Task<Messages.Jobs.IReply> ChangeOfAsync(JobId id, int since) =>
        Jobs.Ask<Messages.Jobs.IReply>(new Messages.Jobs.AwaitChange(id, since, Patience), Patience);

    public Task<Messages.Jobs.Live> LiveAsync(JobId id) =>
        Jobs.Ask<Messages.Jobs.Live>(new Messages.Jobs.GetLive(id), Patience);

    public Task<FleetSnapshot> FleetAsync() =>
        Jobs.Ask<FleetSnapshot>(Messages.Instances.GetFleet.Instance, Patience);

    /// <summary>The instance once it is drained.</summary>
    public Task<InstanceSnapshot> DrainAsync(string instance) => ShownAsync(new Messages.Instances.Drain(instance));

    /// <summary>The instance once it may take work again.</summary>
    public Task<InstanceSnapshot> ResumeAsync(string instance) => ShownAsync(new Messages.Instances.Resume(instance));

    public Task<Messages.Instances.IReply> AskAsync(object aboutAnInstance) =>
        Jobs.Ask<Messages.Instances.IReply>(aboutAnInstance, Patience);

    private async Task<InstanceSnapshot> ShownAsync(object asked) =>
        Assert.IsType<Messages.Instances.Shown>(await AskAsync(asked)).Instance;

    public async Task UntilFleetAsync(Func<FleetSnapshot, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition(await FleetAsync()))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    public async Task UntilJobAsync(JobId id, Func<Job, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await Store.FindAsync(id, limit.Token) is not { } job || !condition(job))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>The next prompt that the instance is posted.</summary>
    public static async Task<PromptRequest> SubmissionAsync(FakeComfy instance)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await instance.Submissions.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next prompt that any instance is posted.</summary>
    public async Task<(FakeComfy On, PromptRequest Prompt)> AnySubmissionAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            foreach (var instance in Instances)
            {
                if (instance.Submissions.Reader.TryRead(out var prompt))
                {
                    return (instance, prompt);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Until the instance was probed so many times more.</summary>
    public async Task UntilProbedAsync(FakeComfy instance, int times)
    {
        using var limit = new CancellationTokenSource(Patience);
        int Probes() => instance.Calls.Count(call => call == "probe");
        for (var until = Probes() + times; Probes() < until;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>What is published from now on.</summary>
    public ChannelReader<LiveEvents.IEvent> Listen() => Listen<LiveEvents.IEvent>();

    /// <summary>What is published of that kind from now on.</summary>
    public ChannelReader<T> Listen<T>()
    {
        var heard = Channel.CreateUnbounded<T>();
        var listener = _system.ActorOf(Props.Create(() => new Ear<T>(heard.Writer)));
        _system.EventStream.Subscribe(listener, typeof(T));
        return heard.Reader;
    }

    /// <summary>Makes an actor of the tree fail: <see cref="Kill"/> at a path below <c>/user</c>.</summary>
    public void Kill(string path) => _system.ActorSelection($"/user/{path}").Tell(Akka.Actor.Kill.Instance);

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _files.Delete(recursive: true);
    }

    private sealed class Ear<T> : ReceiveActor
    {
        public Ear(ChannelWriter<T> heard) =>
            Receive<T>(happened => Assert.True(heard.TryWrite(happened)));
    }
}
