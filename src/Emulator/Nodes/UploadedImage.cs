using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Protocol;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>Reads a file that was uploaded before; its bytes, not its name, decide whether a result is cached.</summary>
internal abstract class UploadedImage(ImageFiles files) : Node
{
    private const string Input = "image";

    public override (string Input, string Complaint)? Check(JsonObject inputs)
    {
        var name = Python.Text(inputs[Input]);
        return File.Exists(files.PathOf(name)) ? null : (Input, $"Invalid image file: {name}");
    }

    public override string? Fingerprint(JsonObject inputs)
    {
        var path = files.PathOf(Python.Text(inputs[Input]));
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    protected static InputSpec ImageInput(ImageFiles files) =>
        InputSpec.Choice(Input, files.Uploaded, new() { ["image_upload"] = true }) with { Checked = false };

    protected DecodedImage Open(NodeCall call)
    {
        var path = files.PathOf(call.Text(Input));
        return File.Exists(path)
            ? ImageDecoder.Open(File.ReadAllBytes(path)).Upright()
            : throw new PythonException("FileNotFoundError", $"[Errno 2] No such file or directory: '{path}'");
    }
}
