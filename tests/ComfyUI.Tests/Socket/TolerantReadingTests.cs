using System.Net.WebSockets;
using System.Text;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class TolerantReadingTests
{
    [Theory]
    [InlineData("", "text")]
    [InlineData("not json", "text")]
    [InlineData("""{"type":"status","data":""", "text")]
    [InlineData("[]", "text")]
    [InlineData("42", "text")]
    [InlineData("""{"data":{}}""", "text")]
    [InlineData("""{"type":"crystools.monitor","data":{"cpu":1}}""", "crystools.monitor")]
    [InlineData("""{"type":"execution_success","data":{}}""", "execution_success")]
    [InlineData("""{"type":"execution_start","data":[]}""", "execution_start")]
    [InlineData("""{"type":"progress","data":{"value":1}}""", "progress")]
    [InlineData("""{"type":"executed","data":{"prompt_id":"p"}}""", "executed")]
    public void Malformed_or_new_text_frames_are_unknown(string text, string type)
    {
        Assert.Equal(type, Assert.IsType<ComfyMessage.Unknown>(Frames.Read(text)).Type);
    }

    [Theory]
    [InlineData("""{"type":"status","data":[]}""", "status ")]
    [InlineData("""{"type":"executed","data":{"node":7,"output":[],"prompt_id":"p"}}""", "executed 7: ")]
    [InlineData("""{"type":"executed","data":{"node":"7","output":null,"prompt_id":"p"}}""", "executed 7: ")]
    [InlineData("""{"type":"progress_state","data":{"prompt_id":"p","nodes":[]}}""", "state ")]
    [InlineData("""{"type":"progress_state","data":{"prompt_id":"p","nodes":{"4":{}}}}""", "state 4=")]
    [InlineData("""{"type":"execution_cached","data":{"prompt_id":"p","nodes":{}}}""", "cached []")]
    [InlineData("""{"type":"execution_start","data":{"prompt_id":"p","timestamp":1e300}}""", "start")]
    [InlineData("""{"type":"execution_error","data":{"prompt_id":"p"}}""", "error NodeFailed at ")]
    public void What_is_missing_or_of_another_kind_is_nothing(string text, string said)
    {
        Assert.Equal(said, Said.InShort(Frames.Read(text)));
    }

    [Fact]
    public void A_file_name_that_Python_could_not_decode_is_still_read()
    {
        var message = Frames.Read(
            """{"type":"executed","data":{"node":"3","prompt_id":"p","output":{"i":[{"filename":"\udcff.png"}]}}}""");

        Assert.EndsWith(".png", Assert.IsType<ComfyMessage.Executed>(message).Outputs[0].Files[0].Filename);
    }

    [Fact]
    public void A_message_larger_than_the_limit_is_read_to_its_end_and_unknown()
    {
        var frames = new FrameAssembler(maxMessageBytes: 100, maxStringBytes: 50);
        var first = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 99)));

        Assert.Null(frames.Add(first, WebSocketMessageType.Text, last: false));
        Assert.Null(frames.Add(first, WebSocketMessageType.Text, last: false));
        Assert.IsType<ComfyMessage.Unknown>(frames.Add("]"u8, WebSocketMessageType.Text, last: true));
        var next = """{"type":"status","data":{}}"""u8;
        Assert.IsType<ComfyMessage.Status>(frames.Add(next, WebSocketMessageType.Text, last: true));
    }
}
