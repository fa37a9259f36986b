using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>Reads the binary frames of a socket: previews, with and without metadata, and text of a node.</summary>
internal static class BinaryFrameReader
{
    private const int Word = sizeof(uint);

    /// <summary>What is returned holds copies: the frame may be overwritten.</summary>
    public static ComfyMessage Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 2 * Word)
        {
            return Malformed("binary", $"{frame.Length} bytes");
        }

        var kind = BinaryPrimitives.ReadUInt32BigEndian(frame);
        var head = BinaryPrimitives.ReadUInt32BigEndian(frame[Word..]);
        var rest = frame[(2 * Word)..];
        return kind switch
        {
            1 => new ComfyMessage.Preview(MediaType(head, rest), rest.ToArray(), null, null),
            3 or 4 when head > rest.Length => Malformed(
                $"binary {kind}", $"{head} bytes announced, {rest.Length} there"),
            3 => new ComfyMessage.NodeText(
                Encoding.UTF8.GetString(rest[..(int)head]), Encoding.UTF8.GetString(rest[(int)head..])),
            4 => PreviewWithMetadata(rest[..(int)head].ToArray(), rest[(int)head..]),
            _ => Malformed($"binary {kind}", "unknown kind"),
        };
    }

    private static ComfyMessage PreviewWithMetadata(byte[] metadata, ReadOnlySpan<byte> image)
    {
        try
        {
            using var document = Json.Parse(metadata);
            var root = document.RootElement;
            return new ComfyMessage.Preview(
                root.Get("image_type").Text() ?? MediaType(0, image),
                image.ToArray(),
                root.Get("display_node_id").Text() ?? root.Get("node_id").Text(),
                root.Get("prompt_id").Text());
        }
        catch (JsonException e)
        {
            return Malformed("binary 4", $"metadata is not JSON: {e.Message}");
        }
    }

    private static string MediaType(uint format, ReadOnlySpan<byte> image) => format switch
    {
        1 => "image/jpeg",
        2 => "image/png",
        _ when image is [0x89, 0x50, 0x4E, 0x47, ..] => "image/png",
        _ when image is [0xFF, 0xD8, ..] => "image/jpeg",
        _ => "application/octet-stream",
    };

    private static ComfyMessage.Unknown Malformed(string type, string reason) => new(type, reason);
}
