using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Sockets;

/// <summary>How ComfyUI's messages look on the socket.</summary>
internal static class Frames
{
    private const uint PreviewImage = 1;
    private const uint PreviewImageWithMetadata = 4;
    private const uint Jpeg = 1;
    private const string PreviewName = "preview";

    public static Frame Message(string type, JsonNode data) => new(
        Json.Object(("type", Json.Bytes(type)), ("data", Json.Bytes(data))),
        WebSocketMessageType.Text,
        type == "executing" && data["node"] is null ? "executing_null" : type,
        (string?)data["prompt_id"]);

    /// <summary>A preview for clients that know nothing else: no hint of the node or prompt it belongs to.</summary>
    public static Frame Preview(ReadOnlySpan<byte> jpeg)
    {
        var bytes = new byte[8 + jpeg.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, PreviewImage);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Jpeg);
        jpeg.CopyTo(bytes.AsSpan(8));
        return new Frame(bytes, WebSocketMessageType.Binary, PreviewName);
    }

    /// <summary>A preview for clients that announced <c>supports_preview_metadata</c>.</summary>
    public static Frame Preview(ReadOnlySpan<byte> jpeg, string nodeId, string promptId)
    {
        var metadata = Json.Bytes(new JsonObject
        {
            ["node_id"] = nodeId,
            ["prompt_id"] = promptId,
            ["display_node_id"] = nodeId,
            ["parent_node_id"] = null,
            ["real_node_id"] = nodeId,
            ["image_type"] = "image/jpeg",
        });
        var bytes = new byte[8 + metadata.Length + jpeg.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, PreviewImageWithMetadata);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)metadata.Length);
        metadata.CopyTo(bytes, 8);
        jpeg.CopyTo(bytes.AsSpan(8 + metadata.Length));
        return new Frame(bytes, WebSocketMessageType.Binary, PreviewName, promptId);
    }
}
