using System.Net.WebSockets;
using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class BinaryFrameTests
{
    [Fact]
    public void A_plain_preview_has_a_format_and_nothing_that_says_whose_it_is()
    {
        var frame = TraceFile.Read("20_feature_flags_previews")
            .First(e => e is { Kind: "ws_binary", Socket: "old-style" });

        var preview = Preview(Frames.Rebuilt(frame));

        Assert.Equal(("image/jpeg", null, null), (preview.MediaType, preview.NodeId, preview.PromptId));
        Assert.Equal(frame.Member("length").GetInt32() - 8, preview.Image.Length);
        Assert.True(preview.Image.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]));
    }

    [Fact]
    public void A_preview_with_metadata_says_whose_it_is()
    {
        var trace = "20_feature_flags_previews";
        var frame = TraceFile.Read(trace).First(e => e is { Kind: "ws_binary", Socket: "new-style" });

        var preview = Preview(Frames.Rebuilt(frame));

        Assert.Equal(
            ("image/jpeg", "2", Frames.Prompts(trace)[1]), (preview.MediaType, preview.NodeId, preview.PromptId));
        Assert.Equal(frame.Member("length").GetInt32() - 8 - 166, preview.Image.Length);
        Assert.True(preview.Image.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]));
    }

    [Fact]
    public void An_image_sent_over_the_socket_looks_like_a_preview()
    {
        var frame = TraceFile.Read("21_etn_send_image_websocket").First(e => e.Kind is "ws_binary");

        Assert.Contains(Preview(Frames.Rebuilt(frame)).MediaType, (string[])["image/png", "image/jpeg"]);
    }

    [Fact]
    public void Text_of_a_node_is_read()
    {
        byte[] frame = [0, 0, 0, 3, 0, 0, 0, 2, .. "12half done"u8];

        Assert.Equal(
            new ComfyMessage.NodeText("12", "half done"), Frames.Read(frame, WebSocketMessageType.Binary));
    }

    [Theory]
    [InlineData("00", "binary")]
    [InlineData("0000000300000009", "binary 3")]
    [InlineData("00000004FFFFFFFF", "binary 4")]
    [InlineData("00000004000000027B21", "binary 4")]
    [InlineData("0000000900000001", "binary 9")]
    public void Malformed_binary_frames_are_unknown(string hex, string type)
    {
        var message = Frames.Read(Convert.FromHexString(hex), WebSocketMessageType.Binary);

        Assert.Equal(type, Assert.IsType<ComfyMessage.Unknown>(message).Type);
    }

    private static ComfyMessage.Preview Preview(byte[] frame) =>
        Assert.IsType<ComfyMessage.Preview>(Frames.Read(frame, WebSocketMessageType.Binary));
}
