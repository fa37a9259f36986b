using System.Collections.Immutable;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Tests.Support;

/// <summary>A small workflow, and a job for it.</summary>
internal static class Samples
{
    private const string Graph = """
        {
          "1": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "" } },
          "2": { "class_type": "InspyrenetRembg", "inputs": { "image": ["1", 0], "torchscript_jit": "default" } },
          "3": { "class_type": "SaveImage", "inputs": { "images": ["2", 0], "filename_prefix": "x" } }
        }
        """;

    private const string Manifest = """
        {
          "inputs": { "imageFile": { "type": "image", "bind": "1.image", "required": true } },
          "outputs": [ { "node": "3", "name": "image" } ]
        }
        """;

    public static WorkflowName Name { get; } = new("sample");

    public static Workflow Workflow { get; } = WorkflowParser.Parse(Name, Graph, Manifest).Workflow!;

    public static WorkflowCatalog Catalog { get; } = new([Workflow]);

    /// <summary>Inputs whose image is really in the store; the pin lasts as long as the test.</summary>
    public static async Task<Inputs> InputsAsync(IBlobStore blobs)
    {
        await using var writer = blobs.Create();
        await writer.Stream.WriteAsync(new byte[] { 7, 8, 9 });
        var pin = await writer.CompleteAsync("image/png", CancellationToken.None);
        return new Inputs(ImmutableSortedDictionary<string, InputValue>.Empty.Add(
            "imageFile", new InputValue.Image(pin.Blob, 1, 1)));
    }
}
