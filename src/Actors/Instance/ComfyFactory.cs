using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Instance;

/// <summary>Opens the two ways to an instance over connections shared by the whole fleet.</summary>
public sealed class ComfyFactory(
    HttpMessageInvoker invoker, ComfyClientOptions client, ComfySocketOptions socket, TimeProvider time) : IComfyFactory
{
    public IComfyClient CreateClient(ComfyEndpoint endpoint) => new ComfyClient(endpoint, invoker, client, time);

    public IComfyConnector CreateConnector(ComfyEndpoint endpoint) =>
        new ComfyConnector(endpoint, invoker, socket, time);
}
