using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace AkkaComfy.Emulator;

/// <summary>Knows the open TCP connections, so that they can be cut as a dying process cuts them.</summary>
internal sealed class ConnectionTracker
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = new();

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        _open[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
        }
    };

    public void CutAll()
    {
        foreach (var connection in _open.Values)
        {
            connection.Abort(new ConnectionAbortedException("The emulator is gone."));
        }
    }
}
