using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>A mask that is the same everywhere.</summary>
internal sealed class SolidMask : Node
{
    protected override NodeSpec Declared { get; } = new("SolidMask", "SolidMask", "mask")
    {
        Inputs =
        [
            InputSpec.Number("value", 1, 0, 1, 0.01),
            InputSpec.Integer("width", 512, 1, 16384),
            InputSpec.Integer("height", 512, 1, 16384),
        ],
        Outputs = ["MASK"],
        Module = "comfy_extras.nodes_mask",
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var mask = new Picture(call.Integer("width"), call.Integer("height"), 1);
        mask.Pixels.AsSpan().Fill((byte)Math.Round(call.Number("value") * byte.MaxValue));
        return Task.FromResult(new NodeResult(new ImageBatch(mask)));
    }
}
