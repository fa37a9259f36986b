using AkkaComfy.ComfyUI.Wire;
using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class EveryRecordedFrameTests
{
    public static TheoryData<string> Traces { get; } = [.. TraceFile.Names];

    [Theory]
    [MemberData(nameof(Traces))]
    public void Every_recorded_frame_parses(string trace)
    {
        foreach (var frame in TraceFile.Read(trace))
        {
            var message = frame.Kind switch
            {
                "ws" => Frames.Read(frame),
                "ws_binary" => BinaryFrameReader.Read(Frames.Rebuilt(frame)),
                _ => null,
            };
            if (message is not null)
            {
                Assert.False(message is ComfyMessage.Unknown, $"{frame}: {message}");
            }
        }
    }

    [Fact]
    public void The_recordings_hold_every_kind_of_message()
    {
        var kinds = TraceFile.Names
            .SelectMany(TraceFile.Read)
            .Where(frame => frame.Kind is "ws")
            .Select(frame => Frames.Read(frame).GetType().Name)
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "Executed", "Executing", "ExecutionCached", "ExecutionError", "ExecutionInterrupted", "ExecutionStart",
                "ExecutionSuccess", "FeatureFlags", "Progress", "ProgressState", "Status",
            ],
            kinds);
    }
}
