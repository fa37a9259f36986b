using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Feeds recorded frames through the way that live ones take.</summary>
internal static class Frames
{
    public static ComfyMessage Read(TraceEvent frame) => Read(frame.Text);

    public static ComfyMessage Read(string text) => Read(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public static ComfyMessage Read(ReadOnlySpan<byte> frame, WebSocketMessageType type) =>
        new FrameAssembler(1 << 20, 64 << 10).Add(frame, type, last: true)!;

    /// <summary>What was said on one socket of a trace, in order.</summary>
    public static IReadOnlyList<ComfyMessage> Of(string trace, string? socket = null) =>
    [
        .. TraceFile.Read(trace)
            .Where(frame => frame.Kind is "ws" && (socket is null || frame.Socket == socket))
            .Select(Read),
    ];

    /// <summary>What was said of one prompt, without the states that only repeat the rest.</summary>
    public static IReadOnlyList<ComfyMessage> OfPrompt(string trace, string promptId) =>
        [.. Of(trace).Where(message => message is not ComfyMessage.ProgressState && PromptId(message) == promptId)];

    /// <summary>The ids of a trace's prompts, in the order in which they were accepted.</summary>
    public static IReadOnlyList<string> Prompts(string trace) =>
    [
        .. TraceFile.Read(trace)
            .Where(e => e is { Kind: "http", Method: "POST", Status: 200 } && e.Path == "/prompt")
            .Select(e => e.Body.GetProperty("prompt_id").GetString()!),
    ];

    /// <summary>
    /// Of a binary frame only the first 32 bytes and the length were kept: the rest is filled up, metadata in the
    /// server's own spelling and, as it turns out, of exactly the recorded length.
    /// </summary>
    public static byte[] Rebuilt(TraceEvent frame)
    {
        var head = Convert.FromHexString(frame.Member("head_hex").GetString()!);
        var whole = new byte[frame.Member("length").GetInt32()];
        head.CopyTo(whole, 0);
        if (BinaryPrimitives.ReadUInt32BigEndian(head) != 4)
        {
            return whole;
        }

        var announced = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
        var submitted = TraceFile.Read(frame.File).Take(frame.Line).Last(e => e is { Kind: "http", Method: "POST" });
        var metadata = Metadata(submitted.Body.GetProperty("prompt_id").GetString()!);
        Assert.Equal(announced, metadata.Length);
        Assert.True(metadata.AsSpan().StartsWith(head.AsSpan(8)));
        metadata.CopyTo(whole, 8);
        byte[] jpeg = [0xFF, 0xD8, 0xFF];
        jpeg.CopyTo(whole, 8 + announced);
        return whole;
    }

    private static byte[] Metadata(string promptId) => Encoding.UTF8.GetBytes(
        $$"""{"node_id": "2", "prompt_id": "{{promptId}}", "display_node_id": "2", "parent_node_id": null, """
        + """ "real_node_id": "2", "image_type": "image/jpeg"}""".TrimStart());

    private static string? PromptId(ComfyMessage message) => message switch
    {
        ComfyMessage.ExecutionStart m => m.PromptId,
        ComfyMessage.ExecutionCached m => m.PromptId,
        ComfyMessage.Executing m => m.PromptId,
        ComfyMessage.Executed m => m.PromptId,
        ComfyMessage.Progress m => m.PromptId,
        ComfyMessage.ProgressState m => m.PromptId,
        ComfyMessage.ExecutionSuccess m => m.PromptId,
        ComfyMessage.ExecutionError m => m.PromptId,
        ComfyMessage.ExecutionInterrupted m => m.PromptId,
        _ => null,
    };
}
