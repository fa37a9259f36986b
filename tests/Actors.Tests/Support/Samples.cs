using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AkkaComfy.ComfyUI;
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

    private const string ModelGraph = """
        {
          "1": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "" } },
          "2": { "class_type": "UpscaleModelLoader", "inputs": { "model_name": "4x.pth" } },
          "3": { "class_type": "ImageUpscaleWithModel", "inputs": { "upscale_model": ["2", 0], "image": ["1", 0] } },
          "4": { "class_type": "SaveImage", "inputs": { "images": ["3", 0], "filename_prefix": "x" } }
        }
        """;

    public static WorkflowName Name { get; } = new("sample");

    /// <summary>A workflow that needs a node class and a model of its own.</summary>
    public static WorkflowName WithModel { get; } = new("with-model");

    /// <summary>A workflow that runs on instances tagged <c>fast</c>.</summary>
    public static WorkflowName WithTag { get; } = new("with-tag");

    public static Workflow Workflow { get; } = WorkflowParser.Parse(Name, Graph, Manifest).Workflow!;

    /// <summary>A workflow that may run for longer, or less long, than others.</summary>
    public static Workflow Lasting(TimeSpan timeout) => WorkflowParser.Parse(
        new WorkflowName("lasting"), Graph,
        Manifest.TrimEnd().TrimEnd('}') + $$""", "timeout_ms": {{timeout.TotalMilliseconds}} }""").Workflow!;

    /// <summary>The sample in another version: its image is saved elsewhere, and it has these inputs.</summary>
    public static Workflow Changed(string inputs) => WorkflowParser.Parse(
        Name, Graph.Replace("\"x\"", "\"changed\"", StringComparison.Ordinal), $$"""{ "inputs": { {{inputs}} } }""").Workflow!;

    /// <summary>What needed a model, in a version that needs none.</summary>
    public static Workflow Repaired { get; } = WorkflowParser.Parse(WithModel, Graph, Manifest).Workflow!;

    /// <summary>The sample in another version: another node saves its image.</summary>
    public static Workflow SavingAs(string node) => WorkflowParser.Parse(
        Name, Graph.Replace("\"3\"", $"\"{node}\"", StringComparison.Ordinal),
        Manifest.Replace("\"3\"", $"\"{node}\"", StringComparison.Ordinal)).Workflow!;

    public static WorkflowCatalog Catalog { get; } = new(
    [
        Workflow,
        WorkflowParser.Parse(WithModel, ModelGraph, Manifest).Workflow!,
        WorkflowParser.Parse(
            WithTag, Graph, Manifest.TrimEnd().TrimEnd('}') + """, "requires": { "tags": ["fast"] } }""").Workflow!,
    ]);

    /// <summary>What a server says of its nodes that has all that the samples need, but for the models given here.</summary>
    public static ObjectInfo Nodes(params string[] models)
    {
        NodeClass[] classes =
        [
            new("UpscaleModelLoader", new Dictionary<string, ComfyUI.NodeInput>
            {
                ["model_name"] = new("COMBO", true, models),
            }, false),
            .. from name in (string[])["ETN_LoadImageBase64", "InspyrenetRembg", "ImageUpscaleWithModel", "SaveImage"]
               select new NodeClass(name, new Dictionary<string, ComfyUI.NodeInput>(), false),
        ];
        return new ObjectInfo(classes.ToDictionary(node => node.Name));
    }

    /// <summary>A graph of the client's own that needs a model, as many times a different graph as there are numbers.</summary>
    public static string PromptWithModel(string model, int number = 0) =>
        ModelGraph.Replace("4x.pth", model, StringComparison.Ordinal)
            .Replace("\"x\"", $"\"x{number}\"", StringComparison.Ordinal);

    /// <summary>Inputs whose graph is really in the store; the pin lasts as long as the test.</summary>
    public static async Task<Inputs> PromptAsync(IBlobStore blobs, string graph)
    {
        await using var writer = blobs.Create();
        await writer.Stream.WriteAsync(Encoding.UTF8.GetBytes(graph));
        var pin = await writer.CompleteAsync("application/json", CancellationToken.None);
        using var document = JsonDocument.Parse(graph);
        return new Inputs(Inputs.Empty.Values.Add(
            Inputs.GraphInput, new InputValue.Graph(pin.Blob, RawPrompt.Read(document.RootElement).Prompt!.Needs)));
    }

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
