using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Pictures of one colour.</summary>
internal sealed class EmptyImage : Node
{
    protected override NodeSpec Declared { get; } = new("EmptyImage", "EmptyImage", "image")
    {
        Inputs =
        [
            InputSpec.Integer("width", 512, 1, 16384),
            InputSpec.Integer("height", 512, 1, 16384),
            InputSpec.Integer("batch_size", 1, 1, 4096, step: null),
            new("color", "INT", new()
            {
                ["default"] = 0, ["min"] = 0, ["max"] = 0xFFFFFF, ["step"] = 1, ["display"] = "color",
            }),
        ],
        Outputs = ["IMAGE"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var picture = PictureOperations.Solid(
            call.Integer("width"), call.Integer("height"), call.Integer("color"));
        var batch = Enumerable.Repeat(picture, call.Integer("batch_size"));
        return Task.FromResult(new NodeResult(new ImageBatch([.. batch])));
    }
}
