using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AkkaComfy.Emulator.Connections;

/// <summary>Gives a web server the connections that come through the emulator's doorway.</summary>
internal sealed class DoorwayListener(Doorway doorway) : IConnectionListenerFactory, IConnectionListener
{
    public EndPoint EndPoint => doorway.Address;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        doorway.Want(true);
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        doorway.AcceptAsync(cancellationToken);

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        doorway.Want(false);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
