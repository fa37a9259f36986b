using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Workflows;

/// <summary>Workflows to parse: a graph of every kind of widget, and manifests for it.</summary>
internal static class AWorkflow
{
    public const string Graph = """
        {
          "1": { "inputs": { "image": "example.png" }, "class_type": "LoadImage", "_meta": { "title": "Load Image" } },
          "2": { "inputs": { "mask": "iVBO" }, "class_type": "ETN_LoadMaskBase64" },
          "3": {
            "inputs": {
              "seed": 18446744073709551615, "steps": 20, "cfg": 7.50, "text": "a “cat”", "tiled": true,
              "format": "PNG", "big": 1e2, "image": ["1", 0], "mask": ["2", 0]
            },
            "class_type": "KSampler"
          },
          "4": { "inputs": { "ckpt_name": "sd15.safetensors", "strength": 1 }, "class_type": "CheckpointLoaderSimple" },
          "5:1": { "inputs": { "images": ["3", 0], "filename_prefix": "out" }, "class_type": "SaveImage" }
        }
        """;

    public static readonly WorkflowName Name = new("a-workflow");

    public static readonly InputValue.Image Image = new(new BlobRef(new BlobId("ab"), 3, "image/png"), 4, 5);

    /// <summary>A manifest with these members of <c>inputs</c>, and further members of its own.</summary>
    public static string Manifest(string inputs, string more = "") => $$"""{ "inputs": { {{inputs}} } {{more}} }""";

    public static Workflow With(string inputs, string more = "") => Valid(Graph, Manifest(inputs, more));

    public static Workflow Valid(string graph, string? manifest)
    {
        var parsed = WorkflowParser.Parse(Name, graph, manifest);
        Assert.True(parsed.IsValid, string.Join('\n', parsed.Problems));
        return parsed.Workflow;
    }

    public static WorkflowProblem TheProblem(string graph, string? manifest)
    {
        var parsed = WorkflowParser.Parse(Name, graph, manifest);
        Assert.False(parsed.IsValid);
        return Assert.Single(parsed.Problems);
    }

    public static InputsRead Read(
        this Workflow workflow, params (string Field, string Text)[] fields) => workflow.ReadInputs(
        fields.ToDictionary(field => field.Field, field => field.Text),
        new Dictionary<string, InputValue.Image>(),
        () => 0);

    public static InputsRead ReadWith(
        this Workflow workflow, string image, params (string Field, string Text)[] fields) => workflow.ReadInputs(
        fields.ToDictionary(field => field.Field, field => field.Text),
        new Dictionary<string, InputValue.Image> { [image] = Image },
        () => 0);
}
