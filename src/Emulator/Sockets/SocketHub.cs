using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Sockets;

/// <summary>
/// Who is connected, and who hears what. One socket per client id, the newest wins; as in ComfyUI, a socket that
/// closes takes its id out of the registry even if a newer socket holds it.
/// </summary>
internal sealed class SocketHub
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ClientSocket> _clients = [];
    private string? _audience;
    private string? _currentNode;

    public void Attach(ClientSocket client, int queueRemaining)
    {
        lock (_gate)
        {
            _clients[client.Id] = client;
            var status = Status(queueRemaining);
            status["sid"] = client.Id;
            client.Greet(Frames.Message("status", status));
            if (client.Id == _audience && _currentNode is not null)
            {
                client.Offer(Frames.Message("executing", new JsonObject { ["node"] = _currentNode }));
            }
        }
    }

    public void Detach(string id)
    {
        lock (_gate)
        {
            _clients.Remove(id);
        }
    }

    /// <summary>Says whose prompt runs from now on; null: nobody's in particular.</summary>
    public void Address(string? audience)
    {
        lock (_gate)
        {
            _audience = audience;
        }
    }

    /// <summary>Remembers the running node for clients that reconnect.</summary>
    public void At(string? node)
    {
        lock (_gate)
        {
            _currentNode = node;
        }
    }

    public void AnnounceQueue(int remaining) => Send("status", Status(remaining), to: null);

    /// <summary>Sends to one client, if it is there, or to all of them where <paramref name="to"/> is null.</summary>
    public void Send(string type, JsonNode data, string? to) => Send(Frames.Message(type, data), to);

    public void Send(Frame frame, string? to)
    {
        lock (_gate)
        {
            if (to is not null)
            {
                if (_clients.TryGetValue(to, out var addressee))
                {
                    addressee.Offer(frame);
                }

                return;
            }

            foreach (var client in _clients.Values)
            {
                client.Offer(frame);
            }
        }
    }

    public bool WantsPreviewMetadata(string? id)
    {
        lock (_gate)
        {
            return id is not null && _clients.TryGetValue(id, out var client) && client.WantsPreviewMetadata;
        }
    }

    private static JsonObject Status(int remaining) => new()
    {
        ["status"] = new JsonObject { ["exec_info"] = new JsonObject { ["queue_remaining"] = remaining } },
    };
}
