using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>An image that was uploaded before; its bytes, not its name, decide whether a result is cached.</summary>
internal sealed class LoadImage(ImageFiles files) : Node
{
    private const int EmptyMaskSize = 64;

    protected override NodeSpec Declared { get; } = new("LoadImage", "Load Image", "image")
    {
        Inputs =
        [
            InputSpec.Choice("image", files.Uploaded, new() { ["image_upload"] = true }) with { Checked = false },
        ],
        Outputs = ["IMAGE", "MASK"],
    };

    public override Task<NodeResult> RunAsync(NodeCall call)
    {
        var path = files.PathOf(call.Text("image"));
        if (!File.Exists(path))
        {
            throw new PythonException("FileNotFoundError", $"[Errno 2] No such file or directory: '{path}'");
        }

        var picture = ImageDecoder.Decode(File.ReadAllBytes(path));
        var mask = picture.HasAlpha
            ? picture.Alpha().Invert()
            : new Picture(EmptyMaskSize, EmptyMaskSize, 1);
        return Task.FromResult(new NodeResult([new ImageBatch(picture.ToRgb()), new ImageBatch(mask)]));
    }

    public override (string Input, string Complaint)? Check(JsonObject inputs)
    {
        var name = Python.Text(inputs["image"]);
        return File.Exists(files.PathOf(name)) ? null : ("image", $"Invalid image file: {name}");
    }

    public override string? Fingerprint(JsonObject inputs)
    {
        var path = files.PathOf(Python.Text(inputs["image"]));
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
