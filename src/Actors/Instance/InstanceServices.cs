using System.Collections.Immutable;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Instance;

/// <summary>Opens the two ways to an instance: HTTP and WebSocket.</summary>
public interface IComfyFactory
{
    IComfyClient CreateClient(ComfyEndpoint endpoint);

    IComfyConnector CreateConnector(ComfyEndpoint endpoint);
}

/// <summary>What the actors of one instance work with.</summary>
/// <param name="Jitter">Uniform in [0, 1); thread-safe.</param>
public sealed record InstanceServices(
    ComfyEndpoint Endpoint,
    IComfyFactory Comfy,
    IBlobStore Blobs,
    IWorkflowCatalog Workflows,
    FleetOptions Options,
    ILoggerFactory Logs,
    Func<double> Jitter)
{
    public InstanceId Id { get; } = new(Endpoint.Id);

    public InstanceTraits Traits { get; } =
        Options.Traits.GetValueOrDefault(new InstanceId(Endpoint.Id)) ?? InstanceTraits.Default;

    public IComfyClient Client { get; } = Comfy.CreateClient(Endpoint);

    public IComfyConnector Connector { get; } = Comfy.CreateConnector(Endpoint);
}
