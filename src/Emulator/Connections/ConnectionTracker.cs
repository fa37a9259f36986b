using System.Collections.Concurrent;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Faults.Kinds;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaComfy.Emulator.Connections;

/// <summary>Knows the open TCP connections, so that they can be cut as a dying process cuts them.</summary>
internal sealed class ConnectionTracker(FaultPlan faults)
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = new();

    public int Count => _open.Count;

    /// <param name="gate">Of the process that serves them.</param>
    public ConnectionDelegate Around(ConnectionDelegate next, StallGate gate) => async connection =>
    {
        if (faults.Striking<ResetConnections>(_ => true).Count > 0)
        {
            Reset(connection);
            return;
        }

        using var closed = new CancellationTokenSource();
        await using var closing = connection.ConnectionClosed.Register(() => Close(gate, closed));
        connection.ConnectionClosed = closed.Token;
        _open[connection.ConnectionId] = connection;
        connection.Transport = new StallingPipe(connection.Transport, gate);
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

    public void ResetAll()
    {
        foreach (var connection in _open.Values)
        {
            Reset(connection);
        }
    }

    /// <summary>
    /// A frozen process does not notice that a client has left before it has read what that client had sent.
    /// </summary>
    private static void Close(StallGate gate, CancellationTokenSource closed)
    {
        if (!gate.IsClosed)
        {
            closed.Cancel();
        }
    }

    private static void Reset(ConnectionContext connection) =>
        TcpReset.Of(connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket);
}
