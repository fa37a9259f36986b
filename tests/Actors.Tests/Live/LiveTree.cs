using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Journal;
using AkkaComfy.Actors.Supervisor;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Emulator;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaComfy.Actors.Tests.Live;

/// <summary>The actor tree with its real client, in front of emulators of this process.</summary>
internal sealed class LiveTree : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly WorkflowName Work = new("work");

    private static readonly WorkflowCatalog Catalog = new(
    [
        WorkflowParser.Parse(
            Work,
            """
            {
              "1": { "class_type": "EmptyImage",
                     "inputs": { "width": 32, "height": 32, "batch_size": 1, "color": 3368601 } },
              "2": { "class_type": "ProbeWork",
                     "inputs": { "image": ["1", 0], "seconds": 0, "steps": 4, "preview": false,
                                 "fail_at": 0, "exit_at": 0, "salt": 0 } },
              "3": { "class_type": "SaveImage", "inputs": { "images": ["2", 0], "filename_prefix": "sub/work" } }
            }
            """,
            """
            {
              "inputs": {
                "seconds": { "type": "number", "bind": "2.seconds" },
                "steps": { "type": "integer", "bind": "2.steps" },
                "salt": { "type": "integer", "bind": "2.salt" },
                "fail_at": { "type": "integer", "bind": "2.fail_at" }
              },
              "outputs": [ { "node": "3", "name": "image" } ]
            }
            """).Workflow!,
    ]);

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("akkacomfy-live-");
    private readonly HttpMessageInvoker _invoker = ComfyTransport.Create();
    private readonly FleetOptions _options;
    private readonly ImmutableArray<InstanceServices> _instances;
    private ActorSystem _system;

    private LiveTree(IEnumerable<EmulatedComfy> comfys, Func<FleetOptions, FleetOptions> options)
    {
        Blobs = new FileBlobStore(_files.FullName);
        ImmutableArray<ComfyEndpoint> endpoints =
            [.. comfys.Select(comfy => ComfyEndpoint.Parse($"127.0.0.1:{comfy.Port}"))];
        _options = options(new FleetOptions
        {
            Endpoints = endpoints,
            MaxConcurrentJobs = 2 * endpoints.Length,
            LookInterval = TimeSpan.FromMilliseconds(300),
            PollInterval = TimeSpan.FromMilliseconds(50),
            SweepInterval = TimeSpan.FromMilliseconds(100),
            HealthCheckInterval = TimeSpan.FromMilliseconds(500),
        });
        var factory = new ComfyFactory(
            _invoker, new ComfyClientOptions { ProbeTimeout = TimeSpan.FromSeconds(5) }, new ComfySocketOptions(), TimeProvider.System);
        _instances =
        [
            .. endpoints.Select(endpoint => new InstanceServices(
                endpoint, factory, Blobs, Catalog, _options, NullLoggerFactory.Instance, () => 0.5)),
        ];
        (_system, Jobs) = Plant();
    }

    public MemoryJobStore Store { get; } = new();

    public FileBlobStore Blobs { get; }

    public IActorRef Jobs { get; private set; }

    public static async Task<LiveTree> StartAsync(
        IEnumerable<EmulatedComfy> comfys, Func<FleetOptions, FleetOptions>? options = null)
    {
        var tree = new LiveTree(comfys, options ?? (fleet => fleet));
        await tree.UntilUpAsync();
        return tree;
    }

    /// <summary>The process dies and is started again: what is in the store is all that is left.</summary>
    public async Task RestartAsync()
    {
        await _system.Terminate();
        (_system, Jobs) = Plant();
    }

    /// <param name="salt">Another one is other work; the same one is answered from ComfyUI's cache.</param>
    public async Task<JobId> SubmitAsync(double seconds, int salt, int failAt = 0)
    {
        var values = ImmutableSortedDictionary<string, InputValue>.Empty
            .Add("seconds", new InputValue.Number(seconds))
            // An interrupt is noticed between two steps.
            .Add("steps", new InputValue.Integer(Math.Max(1, (int)(seconds / 0.05))))
            .Add("salt", new InputValue.Integer(salt))
            .Add("fail_at", new InputValue.Integer(failAt));
        var reply = await Jobs.Ask<Messages.Jobs.IReply>(
            new Messages.Jobs.Submit(
                JobId.New(TimeProvider.System.GetUtcNow()), Work, new Inputs(values), Priority: 0,
                NeedsHealthyInstance: false),
            Patience);
        return Assert.IsType<Messages.Jobs.Accepted>(reply).JobId;
    }

    public Task CancelAsync(JobId id) => Jobs.Ask<Messages.Jobs.CancelAccepted>(new Messages.Jobs.Cancel(id), Patience);

    public async Task<Job> EndOfAsync(JobId id)
    {
        await Jobs.Ask<Messages.Jobs.Ended>(new Messages.Jobs.AwaitEnd(id), Patience);
        return (await Store.FindAsync(id, CancellationToken.None))!;
    }

    public Task UntilStartedAsync(JobId id) => UntilAsync(async () =>
        await Store.FindAsync(id, CancellationToken.None) is { LastAttempt.StartedAt: not null });

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _invoker.Dispose();
        _files.Delete(recursive: true);
    }

    private (ActorSystem System, IActorRef Jobs) Plant()
    {
        var system = ActorSystem.Create("live", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"));
        var journal = system.ActorOf(JobJournal.Props(Store), "journal");
        var services = new SupervisorServices(
            Store, Blobs, Catalog, _options, _instances, NullLoggerFactory.Instance, () => 0.5);
        return (system, system.ActorOf(JobSupervisor.Props(services, journal), "jobs"));
    }

    private Task UntilUpAsync() => UntilAsync(async () =>
        (await Jobs.Ask<FleetSnapshot>(Messages.Instances.GetFleet.Instance, Patience))
        .Instances.All(instance => instance.State == InstanceState.Up));
}
