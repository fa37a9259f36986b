using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Workflows.AWorkflow;

namespace AkkaComfy.Core.Tests.Workflows;

/// <summary>What a folder without a manifest offers.</summary>
public sealed class InferenceTests
{
    [Fact]
    public void Every_image_and_mask_is_asked_for_in_the_order_of_the_graph()
    {
        var workflow = Infer("""
            "7": { "class_type": "LoadImage", "inputs": { "image": "a.png", "upload": "image" } },
            "3": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "" } },
            "5": { "class_type": "LoadImageMask", "inputs": { "image": "m.png", "channel": "alpha" } },
            "6": { "class_type": "ETN_LoadMaskBase64", "inputs": { "mask": "" } }
            """);

        Assert.Equal(
            ["imageFile image 7.image", "imageFile2 image 3.image", "imageFile3 mask 5.image", "imageFile4 mask 6.mask"],
            Described(workflow));
        Assert.All(workflow.Inputs.Values, input => Assert.True(input.Required));
        var images = workflow.Inputs.Keys.ToDictionary(name => name, _ => Image);
        var bound = workflow.Bind(workflow.ReadInputs(new Dictionary<string, string>(), images, () => 0).Inputs!);
        Assert.Equal(
            [ImagePlacement.Upload, ImagePlacement.Base64, ImagePlacement.Upload, ImagePlacement.Base64],
            bound.Images.Select(image => image.Placement));
    }

    [Fact]
    public void Titled_nodes_offer_their_single_widget_by_its_type()
    {
        var workflow = Infer("""
            "1": { "class_type": "CLIPTextEncode", "inputs": { "text": "a cat", "clip": ["9", 0] }, "_meta": { "title": "input:prompt" } },
            "2": { "class_type": "PrimitiveInt", "inputs": { "value": 20 }, "_meta": { "title": "Input: steps " } },
            "3": { "class_type": "PrimitiveFloat", "inputs": { "value": 8 }, "_meta": { "title": "input:cfg" } },
            "4": { "class_type": "PrimitiveBoolean", "inputs": { "value": true }, "_meta": { "title": "input:tiled" } },
            "5": { "class_type": "PrimitiveInt", "inputs": { "value": 18446744073709551615 }, "_meta": { "title": "input:seed" } },
            "6": { "class_type": "RandomNoise", "inputs": { "noise_seed": 3 }, "_meta": { "title": "input:noise" } },
            "7": { "class_type": "X", "inputs": { "denoise": 1 }, "_meta": { "title": "input:denoise" } },
            "8": { "class_type": "X", "inputs": { "amount": 0.5 }, "_meta": { "title": "input:amount" } },
            "9": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "a" }, "_meta": { "title": "Load" } }
            """);

        Assert.Equal(
            [
                "prompt string 1.text", "steps integer 2.value", "cfg number 3.value", "tiled boolean 4.value",
                "seed seed 5.value", "noise seed 6.noise_seed", "denoise number 7.denoise", "amount number 8.amount",
            ],
            Described(workflow));
        Assert.Equal(new InputValue.Text("a cat"), workflow.Inputs["prompt"].Default);
        Assert.Equal(new InputValue.Integer(20), workflow.Inputs["steps"].Default);
        Assert.Equal(new InputValue.Number(8), workflow.Inputs["cfg"].Default);
        Assert.Null(workflow.Inputs["seed"].Default);
        Assert.All(workflow.Inputs.Values, input => Assert.False(input.Required));
    }

    [Fact]
    public void A_loader_may_be_titled_and_nodes_of_one_title_are_set_together()
    {
        var workflow = Infer("""
            "1": { "class_type": "LoadImage", "inputs": { "image": "a.png" }, "_meta": { "title": "input:photo" } },
            "2": { "class_type": "LoadImage", "inputs": { "image": "b.png" } },
            "3": { "class_type": "A", "inputs": { "text": "x" }, "_meta": { "title": "input:prompt" } },
            "4": { "class_type": "A", "inputs": { "text": "y" }, "_meta": { "title": "input:prompt" } }
            """);

        Assert.Equal(
            ["photo image 1.image", "imageFile image 2.image", "prompt string 3.text,4.text"], Described(workflow));
    }

    [Fact]
    public void A_loader_that_gets_its_image_from_another_node_asks_for_none() => Assert.Equal(
        ["name string 1.value"],
        Described(Infer("""
            "1": { "class_type": "PrimitiveString", "inputs": { "value": "a.png" }, "_meta": { "title": "input:name" } },
            "2": { "class_type": "LoadImage", "inputs": { "image": ["1", 0] } }
            """)));

    [Theory]
    [InlineData(""" "1": { "class_type": "A", "inputs": { "b": 1, "a": "x", "c": [1, 2] }, "_meta": { "title": "input:x" } } """,
        "this A has 2 widgets, a, b; write a manifest.json")]
    [InlineData(""" "1": { "class_type": "A", "inputs": { }, "_meta": { "title": "input:x" } } """, "has no widget")]
    [InlineData(""" "1": { "class_type": "A", "inputs": { "a": 1 }, "_meta": { "title": "input:" } } """, "the name '' is not allowed")]
    [InlineData(""" "1": { "class_type": "A", "inputs": { "a": 1 }, "_meta": { "title": "input:my prompt" } } """, "the name 'my prompt' is not allowed")]
    [InlineData(""" "2": { "class_type": "A", "inputs": { "a": "" }, "_meta": { "title": "input:x" } }, "1": { "class_type": "A", "inputs": { "a": 1 }, "_meta": { "title": "input:x" } } """,
        "'x' is of type integer here, but of type string at node '2'")]
    public void A_title_that_cannot_be_followed_is_refused_with_place_and_reason(string nodes, string reason)
    {
        var problem = TheProblem($$"""{ {{nodes}} }""", null);

        Assert.Equal(("workflow.json", "1._meta.title"), (problem.File, problem.Place));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_the_nodes_that_save_or_show() => Assert.Equal(
        ["2", "3", "4"],
        Infer("""
            "1": { "class_type": "LoadImage", "inputs": { "image": "a.png" } },
            "2": { "class_type": "VHS_VideoCombine", "inputs": { "images": ["1", 0] } },
            "3": { "class_type": "Image Save", "inputs": { "images": ["1", 0] } },
            "4": { "class_type": "PreviewAny", "inputs": { "source": ["1", 1] } },
            "5": { "class_type": "PreviewSettings", "inputs": { "mode": "fast" } }
            """).Outputs.Select(output => output.NodeId));

    [Fact]
    public void An_image_may_be_left_out_where_the_graph_has_one_of_its_own()
    {
        var workflow = With(""" "imageFile": { "type": "image", "bind": "1.image" } """);

        Assert.False(workflow.Inputs["imageFile"].Required);
        var bound = workflow.Bind(workflow.Read().Inputs!);
        Assert.Empty(bound.Images);
        Assert.Equal("example.png", bound.Graph["1"]!["inputs"]!["image"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(""", "required": true""", null)]
    [InlineData(""", "required": false""", "must be true: the graph holds no image of its own")]
    public void An_image_must_be_sent_where_the_graph_has_none(string required, string? problem)
    {
        const string graph = """{ "1": { "class_type": "ETN_LoadMaskBase64", "inputs": { "mask": " " } } }""";
        var manifest = Manifest($$""" "mask": { "type": "mask", "bind": "1.mask"{{required}} } """);

        if (problem is null)
        {
            Assert.Contains("is required", Valid(graph, manifest).Read().Errors["mask"][0], StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(problem, TheProblem(graph, manifest).Reason, StringComparison.Ordinal);
        }
    }

    private static Workflow Infer(string nodes) => Valid($$"""{ {{nodes}} }""", null);

    private static IEnumerable<string> Described(Workflow workflow) => workflow.Inputs.Values.Select(
        input => $"{input.Name} {input.TypeName} {string.Join(",", input.Bind)}");
}
