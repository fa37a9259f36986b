using System.Collections.Immutable;
using Akka.Actor;
using AkkaComfy.Core.Eligibility;
using AkkaComfy.Core.Health;
using AkkaComfy.Messages;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Instance;

/// <summary>Reads an instance's node classes and models, and tells what they lack for the workflows there are.</summary>
/// <remarks>
/// First when the instance first answers, again whenever it may have restarted, and every few minutes: models come and
/// go. The long answer is weighed against the workflows off the mailbox, and only a digest of it kept. What was read holds while a later
/// reading fails once or twice; after that nothing is known, and ComfyUI's own answer to a prompt decides.
/// </remarks>
public sealed class NodesReader : ReceiveActor, IWithTimers
{
    /// <summary>Servers list their folders for each answer: readings asked for in a row are one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private const int FailuresToForget = 3;
    private const double Jitter = 0.2;

    private readonly InstanceServices _services;
    private readonly Backoff _again;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lifetime = new();
    private DateTimeOffset? _begunAt;
    private CancellationTokenSource? _reading;
    private bool _readAgain;
    private int _failures;
    private Dictionary<WorkflowName, string> _logged = [];

    public NodesReader(InstanceServices services)
    {
        _services = services;
        _again = new Backoff(Pause, services.Options.NodesInterval);
        _log = services.Logs.CreateLogger<NodesReader>();

        Receive<Capabilities.Refresh>(_ => ReadSoon());
        Receive<Tick>(_ => Read());
        Receive<Answered>(answer => ReferenceEquals(answer.Reading, _reading), Settle);
        Receive<Unanswered>(failure => ReferenceEquals(failure.Reading, _reading), Settle);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <summary>Read at the latest then, should nobody ask.</summary>
    protected override void PreStart() => ReadAfter(_services.Options.NodesInterval);

    /// <summary>Nobody asks a second time: what the incarnation before was to read is read now.</summary>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Read();
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void ReadSoon()
    {
        if (_reading is not null)
        {
            _readAgain = true;
        }
        else if (_begunAt + Pause - Now is { } wait && wait > TimeSpan.Zero)
        {
            ReadAfter(wait);
        }
        else
        {
            Read();
        }
    }

    /// <summary>One reading at a time; one that is never answered ends when the next is due.</summary>
    private void Read()
    {
        EndReading();
        _readAgain = false;
        var begunAt = Now;
        var reading = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.Token);
        (_begunAt, _reading) = (begunAt, reading);
        ReadAfter(_services.Options.NodesInterval);
        WeighAsync(reading.Token).PipeTo(Self,
            success: weighed => new Answered(
                reading, new Capabilities.Known(weighed.Lacks, begunAt) { Nodes = weighed.Nodes }),
            failure: cause => new Unanswered(reading, cause));
    }

    private void EndReading()
    {
        _reading?.Cancel();
        _reading?.Dispose();
        _reading = null;
    }

    private async Task<(ImmutableArray<Lack> Lacks, NodeDigest Nodes)> WeighAsync(CancellationToken cancellationToken)
    {
        var info = await _services.Client.GetObjectInfoAsync(cancellationToken);
        return info.Classes.Count > 0
            ? (LacksOf(_services, new ServerNodes(info)), new NodeDigest(info))
            : throw new InvalidDataException("the server names no node class at all");
    }

    private void Settle(Answered answer)
    {
        EndReading();
        _failures = 0;
        LogNews(answer.Known.Lacks);
        Context.Parent.Tell(answer.Known);
        ReadAfter(_readAgain ? Pause : _services.Options.NodesInterval * (1 - (Jitter * _services.Jitter())));
    }

    private void Settle(Unanswered failure)
    {
        EndReading();
        _log.LogDebug("The node classes of {Instance} cannot be read: {Reason}", _services.Id, failure.Cause.Message);
        if (++_failures == FailuresToForget)
        {
            Context.Parent.Tell(Unknown(_services));
        }

        ReadAfter(_again.Delay(_failures, _services.Jitter()));
    }

    private void LogNews(ImmutableArray<Lack> lacks)
    {
        var news = lacks.ToDictionary(lack => lack.Workflow, lack => lack.ToString());
        foreach (var (workflow, what) in news.Where(lack => _logged.GetValueOrDefault(lack.Key) != lack.Value))
        {
            _log.LogWarning("{Instance} cannot run {Workflow}: it lacks {What}", _services.Id, workflow, what);
        }

        foreach (var workflow in _logged.Keys.Where(workflow => !news.ContainsKey(workflow)))
        {
            _log.LogInformation("{Instance} can now run {Workflow}", _services.Id, workflow);
        }

        _logged = news;
    }

    private void ReadAfter(TimeSpan wait) => Timers.StartSingleTimer(Tick.Instance, Tick.Instance, wait);

    /// <summary>What is lacking whatever the server says: tags.</summary>
    public static Capabilities.Known Unknown(InstanceServices services) => new(LacksOf(services, nodes: null), null);

    /// <summary>What was read, weighed against the workflows there are now.</summary>
    public static Capabilities.Known Current(InstanceServices services, Capabilities.Known known)
    {
        var read = known.Lacks.ToDictionary(lack => lack.Workflow);
        return known with
        {
            Lacks =
            [
                .. services.Workflows.All
                    .Select(workflow => workflow.Needs.LackedBy(
                        workflow.Name, services.Traits.Tags,
                        known.Nodes is { } nodes ? new ReadBefore(nodes, read.GetValueOrDefault(workflow.Name)) : null))
                    .OfType<Lack>(),
            ],
        };
    }

    private static ImmutableArray<Lack> LacksOf(InstanceServices services, ServerNodes? nodes) =>
    [
        .. services.Workflows.All
            .Select(workflow => workflow.Needs.LackedBy(workflow.Name, services.Traits.Tags, nodes))
            .OfType<Lack>(),
    ];

    public static Props Props(InstanceServices services) => Akka.Actor.Props.Create(() => new NodesReader(services));

    /// <summary>The digest has no list of all models: what was missing when all was at hand is missing still.</summary>
    private sealed class ReadBefore(INodeInventory nodes, Lack? lacked) : INodeInventory
    {
        public bool Has(string classType) => nodes.Has(classType);

        public IReadOnlyList<string>? Choices(string classType, string input) => nodes.Choices(classType, input);

        public bool OffersModel(string model) => lacked?.Models.Contains(model) is not true;
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }

    /// <param name="Reading">The answer to an earlier one says nothing.</param>
    private sealed record Answered(CancellationTokenSource Reading, Capabilities.Known Known);

    private sealed record Unanswered(CancellationTokenSource Reading, Exception Cause);
}
