using System.ComponentModel.DataAnnotations;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>A frame that no client expects, before another or in its place.</summary>
public sealed record MalformedFrame : FrameFault
{
    public Malformation How { get; init; } = Malformation.BadJson;

    /// <summary>Whether the other frame is lost.</summary>
    public bool Instead { get; init; }

    /// <summary>The size of one that is huge.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int Bytes { get; init; } = 1024 * 1024;

    internal override IReadOnlyList<Frame> Strike(Frame frame, SocketFaults socket)
    {
        var malformed = Garbage(frame);
        return Instead ? [malformed] : [malformed, frame];
    }

    private Frame Garbage(Frame frame) => How switch
    {
        Malformation.BadJson => Text("""{"type": "executed", "data": {"node": """),
        Malformation.NotUtf8 => new Frame((byte[])[0x22, 0xC3, 0x28, 0x22], WebSocketMessageType.Text, "malformed"),
        Malformation.NoData => Text($$"""{"type": "{{frame.Name}}"}"""),
        Malformation.UnknownMessage => Frames.Message("crystools.monitor", new JsonObject { ["cpu"] = 12.5 }),
        Malformation.UnknownEvent => Binary(0, 0, 0, 99, 1, 2, 3, 4),
        Malformation.TruncatedBinary => Binary(0, 0, 0, 1, 0, 0),
        Malformation.Huge => Frames.Message("huge", new JsonObject { ["padding"] = new string('x', Bytes) }),
        _ => throw new System.Diagnostics.UnreachableException($"{How}"),
    };

    private static Frame Text(string text) =>
        new(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, "malformed");

    private static Frame Binary(params byte[] bytes) => new(bytes, WebSocketMessageType.Binary, "malformed");
}

/// <summary>What is wrong with a frame.</summary>
public enum Malformation
{
    BadJson,
    NotUtf8,
    NoData,
    UnknownMessage,

    /// <summary>A binary frame of an event number that nobody knows.</summary>
    UnknownEvent,

    /// <summary>A binary frame that ends within its header.</summary>
    TruncatedBinary,
    Huge,
}
