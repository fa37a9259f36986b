using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>
/// Takes time but no computation; reports progress, sends previews, fails or crashes at a step as told.
/// </summary>
internal sealed class ProbeWork : Node
{
    protected override NodeSpec Declared { get; } = new("ProbeWork", "Probe Work", "probe")
    {
        Inputs =
        [
            InputSpec.Image("image"),
            InputSpec.Number("seconds", 1, 0, 3600, 0.01),
            InputSpec.Integer("steps", 5, 0, 10000),
            InputSpec.Flag("preview", false),
            InputSpec.Integer("fail_at", 0, 0, 10000),
            InputSpec.Integer("exit_at", 0, 0, 10000),
            InputSpec.Integer("salt", 0, 0, long.MaxValue),
        ],
        Outputs = ["IMAGE"],
        Module = "custom_nodes.probe-nodes",
    };

    public override async Task<NodeResult> RunAsync(NodeCall call)
    {
        var (images, steps, seconds) = (call.Images("image"), call.Integer("steps"), call.Number("seconds"));
        if (steps == 0)
        {
            await call.Context.SleepAsync(TimeSpan.FromSeconds(seconds));
        }

        var preview = call.Flag("preview") ? images.First : null;
        for (var step = 1; step <= steps; step++)
        {
            await call.Context.SleepAsync(TimeSpan.FromSeconds(seconds / steps));
            if (step == call.Integer("exit_at"))
            {
                call.Context.Crash();
            }

            if (step == call.Integer("fail_at"))
            {
                throw new PythonException("RuntimeError", $"ProbeWork was told to fail at step {step}");
            }

            call.Context.Progress(step, steps, preview);
        }

        return new NodeResult(images);
    }
}
