using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Workflows.AWorkflow;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class ManifestTests
{
    [Fact]
    public void A_manifest_says_all_that_the_catalog_tells()
    {
        var workflow = With(
            """
            "imageFile": { "type": "image", "bind": "1.image", "required": true, "description": "A photograph." },
            "steps": { "type": "integer", "bind": "3.steps", "default": 20, "minimum": 1, "maximum": 100 },
            "cfg": { "type": "number", "bind": "3.cfg", "default": 7.5, "maximum": 30 },
            "prompt": { "type": "string", "bind": ["3.text", "5:1.filename_prefix"], "maxLength": 40 },
            "format": { "type": "enum", "bind": "3.format", "values": ["PNG", "JPEG"], "default": "PNG" },
            "tiled": { "type": "boolean", "bind": "3.tiled", "default": false },
            "seed": { "type": "seed", "bind": "3.seed" }
            """,
            """
            , "title": "T", "description": "D", "priority": 5, "timeout_ms": 1500,
            "outputs": [ { "node": "5:1", "name": "image" } ], "requires": { "models": ["vae.pt"], "tags": ["fast"] }
            """);

        Assert.Equal(("T", "D", 5), (workflow.Title, workflow.Description, workflow.Priority));
        Assert.Equal(TimeSpan.FromSeconds(1.5), workflow.Timeout);
        Assert.Equal([new WorkflowOutput("5:1", "image")], workflow.Outputs.AsEnumerable());
        Assert.Equal(["vae.pt"], workflow.Needs.Models.AsEnumerable());
        Assert.Equal(["fast"], workflow.Needs.Tags.AsEnumerable());
        Assert.Equal(["imageFile", "steps", "cfg", "prompt", "format", "tiled", "seed"], workflow.Inputs.Keys);

        var inputs = workflow.Inputs;
        Assert.True(inputs["imageFile"] is { Type: InputType.Image, Required: true, Description: "A photograph." });
        Assert.True(inputs["steps"] is { Minimum: 1, Maximum: 100, Default: InputValue.Integer { Value: 20 } });
        Assert.True(inputs["cfg"] is { Minimum: null, Maximum: 30, Default: InputValue.Number { Value: 7.5 } });
        Assert.Equal(
            [new NodeInput("3", "text"), new NodeInput("5:1", "filename_prefix")], inputs["prompt"].Bind.AsEnumerable());
        Assert.Equal(["PNG", "JPEG"], inputs["format"].Values.AsEnumerable());
        Assert.True(inputs["tiled"] is { Default: InputValue.Flag { Value: false } });
        Assert.True(inputs["seed"] is { Minimum: 0, Maximum: ulong.MaxValue, Default: null });
    }

    [Theory]
    [InlineData("[]", "", "must be a JSON object")]
    [InlineData("""{ "title": "\ud83d" }""", "", "is no Unicode")]
    [InlineData("""{ "colour": 1 }""", "colour", "is not known here; known are title, description, inputs, outputs, requires, priority, timeout_ms")]
    [InlineData("""{ "title": 1 }""", "title", "must be a string, but is 1")]
    [InlineData("""{ "inputs": [] }""", "inputs", "must be an object, but is a list")]
    [InlineData("""{ "inputs": { "a": 1 } }""", "inputs.a", "must be an object, but is 1")]
    [InlineData("""{ "inputs": { "a b": { "type": "string", "bind": "3.text" } } }""", "inputs.a b", "the name 'a b' is not allowed")]
    [InlineData("""{ "outputs": [ { "node": "9" } ] }""", "outputs[0].node", "there is no node '9' in workflow.json")]
    [InlineData("""{ "outputs": [ { "name": "x" } ] }""", "outputs[0].node", "is required")]
    [InlineData("""{ "outputs": [ { "node": "3", "x": 1 } ] }""", "outputs[0].x", "is not known here; known are node, name")]
    [InlineData("""{ "outputs": [ "3" ] }""", "outputs[0]", "must be an object, but is '3'")]
    [InlineData("""{ "outputs": [ { "node": "3", "name": "a" }, { "node": "5:1", "name": "a" } ] }""", "outputs[1].name", "is the name of another output")]
    [InlineData("""{ "outputs": [] }""", "outputs", "names no node")]
    [InlineData("""{ "requires": { "modules": [] } }""", "requires.modules", "is not known here; known are models, tags")]
    [InlineData("""{ "requires": [] }""", "requires", "must be an object, but is a list")]
    [InlineData("""{ "requires": { "tags": ["Big"] } }""", "requires.tags[0]", "'Big' is no tag; use 1-64 of a-z, 0-9 and '-'")]
    [InlineData("""{ "requires": { "tags": [1] } }""", "requires.tags[0]", "must be a string, but is 1")]
    [InlineData("""{ "requires": { "models": [1] } }""", "requires.models[0]", "must be a string, but is 1")]
    [InlineData("""{ "priority": 1001 }""", "priority", "1001 must be a whole number from -1000 to 1000")]
    [InlineData("""{ "timeout_ms": 0 }""", "timeout_ms", "0 must be a whole number from 1 to 86400000")]
    [InlineData("""{ "timeout_ms": 1e40 }""", "timeout_ms", "1e40 is too large")]
    public void A_wrong_manifest_is_refused_with_place_and_reason(string manifest, string place, string reason) =>
        AssertProblem(manifest, place, reason);

    [Theory]
    [InlineData("""{ "bind": "3.text" }""", "type", "is required")]
    [InlineData("""{ "type": "text", "bind": "3.text" }""", "type", "'text' is not a type; types are image, mask, string, integer, number, boolean, enum, seed")]
    [InlineData("""{ "type": "string" }""", "bind", "is required")]
    [InlineData("""{ "type": "string", "bind": [] }""", "bind", "names no input")]
    [InlineData("""{ "type": "string", "bind": 3 }""", "bind", "must be a string, but is 3")]
    [InlineData("""{ "type": "string", "bind": "text" }""", "bind", "'text' must be '<node id>.<input name>'")]
    [InlineData("""{ "type": "string", "bind": "9.text" }""", "bind", "there is no node '9' in workflow.json")]
    [InlineData("""{ "type": "string", "bind": ["3.text", "4.text"] }""", "bind[1]", "node '4' (CheckpointLoaderSimple) has no input 'text'; it has ckpt_name, strength")]
    [InlineData("""{ "type": "string", "bind": "3.image" }""", "bind", "'3.image' is connected to node '1'")]
    [InlineData("""{ "type": "image", "bind": "3.image" }""", "bind", "'3.image' of KSampler takes no image; bind to 'image' of ETN_LoadImageBase64, 'mask' of ETN_LoadMaskBase64, ")]
    [InlineData("""{ "type": "image", "bind": "1.image", "default": "x" }""", "default", "is not known here; known are type, bind, required, description")]
    [InlineData("""{ "type": "string", "bind": "3.text", "minimum": 1 }""", "minimum", "is not known here")]
    [InlineData("""{ "type": "string", "bind": "3.text", "required": 1 }""", "required", "must be true or false, but is 1")]
    [InlineData("""{ "type": "string", "bind": "3.text", "required": true, "default": "" }""", "default", "required can have no default")]
    [InlineData("""{ "type": "string", "bind": "3.text", "maxLength": 2, "default": "abc" }""", "default", "'abc' must have 0 to 2 characters")]
    [InlineData("""{ "type": "string", "bind": "3.text", "minLength": 3, "maxLength": 2 }""", "minLength", "3 is larger than the maxLength 2")]
    [InlineData("""{ "type": "integer", "bind": "3.steps", "minimum": 1, "default": 0 }""", "default", "'0' is not a whole number from 1 to 9223372036854775807")]
    [InlineData("""{ "type": "integer", "bind": "3.steps", "default": 1.5 }""", "default", "'1.5' is not a whole number")]
    [InlineData("""{ "type": "integer", "bind": "3.steps", "default": "1" }""", "default", "must be of type integer, but is '1'")]
    [InlineData("""{ "type": "integer", "bind": "3.steps", "minimum": 3, "maximum": 2 }""", "minimum", "3 is larger than the maximum 2")]
    [InlineData("""{ "type": "integer", "bind": "3.steps", "minimum": 0.5 }""", "minimum", "0.5 must be a whole number")]
    [InlineData("""{ "type": "number", "bind": "3.cfg", "maximum": 1, "default": 1.01 }""", "default", "'1.01' is not a number of at most 1")]
    [InlineData("""{ "type": "boolean", "bind": "3.tiled", "default": "true" }""", "default", "must be of type boolean, but is 'true'")]
    [InlineData("""{ "type": "enum", "bind": "3.format" }""", "values", "is required")]
    [InlineData("""{ "type": "enum", "bind": "3.format", "values": [] }""", "values", "is required")]
    [InlineData("""{ "type": "enum", "bind": "3.format", "values": ["A", "A"] }""", "values", "names a choice twice")]
    [InlineData("""{ "type": "enum", "bind": "3.format", "values": ["A"], "default": "B" }""", "default", "'B' is not one of A")]
    [InlineData("""{ "type": "seed", "bind": "3.seed", "default": 1 }""", "default", "is not known here")]
    [InlineData("""{ "type": "seed", "bind": "3.seed", "minimum": -1 }""", "minimum", "-1 must be a whole number from 0 to 18446744073709551615")]
    public void A_wrong_input_is_refused_with_place_and_reason(string input, string key, string reason) =>
        AssertProblem($$"""{ "inputs": { "a": {{input}} } }""", $"inputs.a.{key}", reason);

    [Fact]
    public void A_manifest_without_outputs_gets_the_nodes_that_save() =>
        Assert.Equal([new WorkflowOutput("5:1", null)], With("").Outputs.AsEnumerable());

    [Fact]
    public void Without_a_node_that_saves_the_outputs_are_the_nodes_nobody_reads()
    {
        var workflow = Valid(
            """
            {
              "1": { "class_type": "LoadImage", "inputs": { "image": "" } },
              "2": { "class_type": "Combine", "inputs": { "images": ["1", 0] } }
            }
            """,
            null);

        Assert.Equal([new WorkflowOutput("2", null)], workflow.Outputs.AsEnumerable());
    }

    [Fact]
    public void Without_a_manifest_the_image_loaders_are_the_inputs()
    {
        var workflow = Valid(Graph, null);

        Assert.Equal("a-workflow", workflow.Title);
        Assert.Equal(["imageFile", "imageFile2"], workflow.Inputs.Keys);
        Assert.True(workflow.Inputs["imageFile"] is { Type: InputType.Image, Required: true });
        Assert.True(workflow.Inputs["imageFile2"] is { Type: InputType.Mask, Required: true });
        Assert.Equal([new NodeInput("1", "image")], workflow.Inputs["imageFile"].Bind.AsEnumerable());
    }

    [Fact]
    public void Without_a_manifest_and_without_an_image_loader_a_manifest_is_asked_for()
    {
        var problem = TheProblem("""{ "1": { "class_type": "SaveImage", "inputs": {} } }""", null);

        Assert.Equal(("manifest.json", ""), (problem.File, problem.Place));
        Assert.Contains("no node of the graph loads an image", problem.Reason, StringComparison.Ordinal);
    }

    private static void AssertProblem(string manifest, string place, string reason)
    {
        var problem = TheProblem(Graph, manifest);

        Assert.Equal(("manifest.json", place), (problem.File, problem.Place));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }
}
