using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes.Masks;

/// <summary>What is within comes without.</summary>
internal sealed class InvertMask : Node
{
    protected override NodeSpec Declared { get; } = new("InvertMask", "InvertMask", "mask")
    {
        Inputs = [InputSpec.Mask("mask")],
        Outputs = ["MASK"],
        Module = "comfy_extras.nodes_mask",
    };

    public override Task<NodeResult> RunAsync(NodeCall call) =>
        Task.FromResult(new NodeResult(call.Images("mask").Each(PictureOperations.Invert)));
}
