using Akka.Actor;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <content>What the instance may be given: nothing that it lacks nodes or models for, and nothing once drained.</content>
public sealed partial class InstanceActor
{
    private IActorRef _nodes;
    private Capabilities.Known _known;
    private Capabilities.Offered? _offered;
    private bool _isWell;
    private bool _isDraining;

    private void ReceiveEligibility()
    {
        Receive<Capabilities.Known>(Learn);
        Receive<NodesReaderEnded>(_ =>
        {
            _nodes = HireNodesReader();
            Learn(NodesReader.Unknown(_services));
        });
        Receive<Catalog.Changed>(_ =>
        {
            Learn(_known);
            _nodes.Tell(Capabilities.Refresh.Instance);
        });
        Receive<Instances.Drain>(_ => Drain());
        Receive<Instances.Resume>(_ =>
        {
            _isDraining = false;
            _health.Tell(Health.Resume.Instance);
        });
        Receive<Health.Started>(_ =>
        {
            if (_isDraining)
            {
                Drain();
            }
        });
    }

    private IActorRef HireNodesReader() => Context.WatchWith(
        Context.ActorOf(NodesReader.Props(_services), "nodes"), NodesReaderEnded.Instance);

    /// <summary>A reading may be older than the catalog.</summary>
    private void Learn(Capabilities.Known known)
    {
        _known = NodesReader.Current(_services, known);
        if (_offered is null || !ReferenceEquals(_offered.Nodes, known.Nodes))
        {
            _offered = new Capabilities.Offered(_services.Id, known.Nodes);
            Context.Parent.Tell(_offered);
        }

        TellSnapshot();
    }

    /// <summary>An instance that first answers, or answers again, may have other nodes than before.</summary>
    private void KeepNodesKnown()
    {
        var wasWell = _isWell;
        _isWell = _lastReport is { Circuit: CircuitPhase.Closed, LastCheckAt: not null }
            && (wasWell || _lastReport.LastFault is null);
        if (_isWell && !wasWell)
        {
            _nodes.Tell(Capabilities.Refresh.Instance);
        }
    }

    /// <summary>The circuit keeps the mark; a health monitor that restarts is told again.</summary>
    private void Drain()
    {
        _isDraining = true;
        _health.Tell(new Health.Isolate("drained on request"));
    }

    private sealed record NodesReaderEnded
    {
        public static NodesReaderEnded Instance { get; } = new();
    }
}
