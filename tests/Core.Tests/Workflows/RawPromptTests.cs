using System.Collections.Immutable;
using System.Text.Json;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class RawPromptTests
{
    private const string Graph = """
        { "1": { "class_type": "LoadImage", "inputs": { "image": "cat.png" } },
          "2": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "cat.png" } },
          "3": { "class_type": "UpscaleModelLoader", "inputs": { "model_name": "4x.pth" } },
          "4": { "class_type": "LoadImageMask", "inputs": { "image": "mask.png", "channel": "red" } },
          "5": { "class_type": "SaveImage", "inputs": { "images": ["1", 0], "filename_prefix": "cat.png" } } }
        """;

    [Fact]
    public void It_needs_its_classes_and_the_models_that_its_loaders_name()
    {
        var needs = Read(Graph).Needs;

        Assert.Equal(
            ["ETN_LoadImageBase64", "LoadImage", "LoadImageMask", "SaveImage", "UpscaleModelLoader"], needs.Classes.AsEnumerable());
        Assert.Equal([new NeededChoice("UpscaleModelLoader", "model_name", "4x.pth")], needs.Choices.AsEnumerable());
    }

    [Fact]
    public void Graphs_stand_in_one_queue_exactly_if_they_need_the_same()
    {
        var queue = Read(Graph).Needs.Queue;

        Assert.Matches("^prompt:[0-9a-f]{32}$", queue.Value);
        Assert.Equal(queue, Read(Graph.Replace("cat.png", "dog.png")).Needs.Queue);
        Assert.NotEqual(queue, Read(Graph.Replace("4x.pth", "2x.pth")).Needs.Queue);
        Assert.NotEqual(queue, Read(Graph.Replace("SaveImage", "PreviewImage")).Needs.Queue);
    }

    [Fact]
    public void No_two_sets_of_needs_share_a_queue_however_their_words_are_cut()
    {
        GraphNeeds[] all =
        [
            new(["a", "b"], []), new(["ab"], []), new(["a1:b"], []), new(["a"], [new NeededChoice("b", "", "")]),
            new(["a"], [new NeededChoice("", "b", "")]), new(["a"], []), new([], [new NeededChoice("a", "b", "c")]),
            new(["a", "b", "c"], []),
        ];

        Assert.Equal(all.Length, all.Select(needs => needs.Queue).Distinct().Count());
    }

    [Theory]
    [InlineData("cat.png", true)]
    [InlineData("mask.png", true)]
    [InlineData("4x.pth", false)]
    [InlineData("red", false)]
    public void Only_nodes_that_load_images_name_files(string file, bool loads) =>
        Assert.Equal(loads, Read(Graph).Loads(file));

    [Fact]
    public void As_a_workflow_it_takes_each_file_wherever_it_is_named()
    {
        var inputs = new Inputs(Inputs.Empty.Values
            .Add(Inputs.GraphInput, new InputValue.Graph(Blob('a'), Read(Graph).Needs))
            .Add("files/cat.png", new InputValue.Image(Blob('b'), 1, 1)));

        var workflow = RawPrompt.ToWorkflow(Json(Graph), inputs);
        var bound = workflow.Bind(inputs);

        Assert.Null(workflow.WhatDoesNotFit(inputs));
        Assert.Equal((WorkflowName.Prompt, 5), (workflow.Name, workflow.NodeCount));
        Assert.Equal(
            [("1", ImagePlacement.Upload), ("2", ImagePlacement.Base64)],
            bound.Images.Select(image => (image.NodeId, image.Placement)));
        Assert.Equal("mask.png", bound.Graph["4"]!["inputs"]!["image"]!.GetValue<string>());
        Assert.Equal("cat.png", bound.Graph["5"]!["inputs"]!["filename_prefix"]!.GetValue<string>());
    }

    [Fact]
    public void What_no_instance_may_see_is_no_prompt()
    {
        var (prompt, hazards) = RawPrompt.Read(Json("""{ "1": { "class_type": "A" } }"""));

        Assert.Null(prompt);
        Assert.Equal("1.inputs", Assert.Single(hazards).Place);
    }

    [Fact]
    public void What_it_needs_has_a_limit()
    {
        var nodes = Enumerable.Range(0, 400).Select(n =>
            $$"""  "{{n}}": { "class_type": "{{n:000}}{{new string('c', 90)}}", "inputs": {} }""");

        var (prompt, hazards) = RawPrompt.Read(Json($"{{ {string.Join(',', nodes)} }}"));

        Assert.Null(prompt);
        Assert.Contains("37200 characters in all; at most 32768", Assert.Single(hazards).Reason, StringComparison.Ordinal);
    }

    private static RawPrompt Read(string graph) => RawPrompt.Read(Json(graph)).Prompt!;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static BlobRef Blob(char digit) => new(new BlobId(new string(digit, 64)), 1, "image/png");
}
