using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>A mask as a grey picture.</summary>
internal sealed class MaskToImage : Node
{
    protected override NodeSpec Declared { get; } = new("MaskToImage", "Convert Mask to Image", "mask")
    {
        Inputs = [InputSpec.Mask("mask")],
        Outputs = ["IMAGE"],
        Module = "comfy_extras.nodes_mask",
    };

    public override Task<NodeResult> RunAsync(NodeCall call) =>
        Task.FromResult(new NodeResult(call.Images("mask").Each(PictureOperations.ToRgb)));
}
