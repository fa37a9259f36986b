using System.Text.Json.Nodes;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Workflows.AWorkflow;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class BindingTests
{
    private static readonly Workflow Everything = With(
        """
        "imageFile": { "type": "image", "bind": "1.image" },
        "mask": { "type": "mask", "bind": "2.mask" },
        "steps": { "type": "integer", "bind": "3.steps" },
        "cfg": { "type": "number", "bind": "3.cfg" },
        "prompt": { "type": "string", "bind": ["3.text", "5:1.filename_prefix"] },
        "tiled": { "type": "boolean", "bind": "3.tiled" },
        "seed": { "type": "integer", "bind": "3.seed", "maximum": 9223372036854775807 }
        """);

    [Fact]
    public void What_is_not_set_stays_as_it_was_written()
    {
        var graph = Everything.Bind(Inputs.Empty).Graph;

        var text = graph["3"]!["inputs"]!.ToJsonString();
        Assert.Contains("\"seed\":18446744073709551615", text, StringComparison.Ordinal);
        Assert.Contains("\"cfg\":7.50", text, StringComparison.Ordinal);
        Assert.Contains("\"big\":1e2", text, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Graph), graph));
    }

    [Fact]
    public void Values_go_where_they_are_bound_and_nowhere_else()
    {
        var inputs = Everything.Read(
            ("steps", "30"), ("cfg", "1.5"), ("prompt", "a \"dog\""), ("tiled", "false"), ("seed", "-7")).Inputs!;

        var expected = JsonNode.Parse(Graph)!;
        expected["3"]!["inputs"]!["steps"] = 30;
        expected["3"]!["inputs"]!["cfg"] = 1.5;
        expected["3"]!["inputs"]!["text"] = "a \"dog\"";
        expected["5:1"]!["inputs"]!["filename_prefix"] = "a \"dog\"";
        expected["3"]!["inputs"]!["tiled"] = false;
        expected["3"]!["inputs"]!["seed"] = -7;
        Assert.True(JsonNode.DeepEquals(expected, Everything.Bind(inputs).Graph));
    }

    [Fact]
    public void Whole_numbers_are_written_without_a_point()
    {
        var graph = Everything.Bind(Everything.Read(("steps", "30")).Inputs!).Graph;

        Assert.Equal("30", graph["3"]!["inputs"]!["steps"]!.ToJsonString());
    }

    [Fact]
    public void Images_are_left_to_be_placed_as_their_loader_wants_them()
    {
        var images = new Dictionary<string, InputValue.Image> { ["imageFile"] = Image, ["mask"] = Image };
        var inputs = Everything.ReadInputs(new Dictionary<string, string>(), images, () => 0).Inputs!;

        var bound = Everything.Bind(inputs);

        Assert.Equal(
            [
                new ImageBinding("1", "image", Image.Blob, ImagePlacement.Upload),
                new ImageBinding("2", "mask", Image.Blob, ImagePlacement.Base64),
            ],
            bound.Images);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Graph), bound.Graph));
    }

    [Fact]
    public void Each_binding_is_the_callers_own()
    {
        var first = Everything.Bind(Inputs.Empty).Graph;
        first["1"]!["inputs"]!["image"] = "spoilt";

        Assert.Equal("example.png", Everything.Bind(Inputs.Empty).Graph["1"]!["inputs"]!["image"]!.GetValue<string>());
    }

    [Fact]
    public void A_value_of_an_input_that_the_workflow_no_longer_has_goes_nowhere()
    {
        var inputs = new Inputs(Inputs.Empty.Values.Add("gone", new InputValue.Flag(true)));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Graph), Everything.Bind(inputs).Graph));
    }
}
