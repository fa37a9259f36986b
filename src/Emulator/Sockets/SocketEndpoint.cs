using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Faults.Kinds;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Sockets;

/// <summary>/ws: lets clients in and out.</summary>
internal sealed class SocketEndpoint(
    EmulatorOptions options, PromptQueue queue, SocketHub hub, FaultPlan plan, CancellationToken stopping)
{
    private readonly Frame? _features = options.Version.TalksFeatures
        ? Frames.Message("feature_flags", InfoEndpoints.Features(options))
        : null;

    public void Map(Routes routes) => routes.Get("/ws", ServeAsync);

    private async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Reply.Text(
                http,
                StatusCodes.Status400BadRequest,
                "No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".");
            return;
        }

        var id = http.Request.Query["clientId"].ToString();
        if (id.Length == 0)
        {
            id = Guid.NewGuid().ToString("N");
        }

        using var client = new ClientSocket(
            id, _features, options.MaxQueuedFrames, new SocketFaults(plan, options.Time), () => TcpReset.Of(http));
        queue.Admit(client);
        var attached = true;
        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await client.RunAsync(socket, Detach, stopping);
        }
        finally
        {
            Detach();
        }

        void Detach()
        {
            if (Interlocked.Exchange(ref attached, false))
            {
                hub.Detach(id);
            }
        }
    }
}
