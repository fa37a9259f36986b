using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Workflows.AWorkflow;

namespace AkkaComfy.Core.Tests.Workflows;

/// <summary>Whether a job that was accepted under one version of a workflow can run with another.</summary>
public sealed class InputFitTests
{
    private static readonly Workflow Before = With("""
        "imageFile": { "type": "image", "bind": "1.image" },
        "steps": { "type": "integer", "bind": "3.steps" },
        "cfg": { "type": "number", "bind": "3.cfg" },
        "prompt": { "type": "string", "bind": "3.text" },
        "format": { "type": "enum", "bind": "3.format", "values": ["PNG", "JPEG"] },
        "tiled": { "type": "boolean", "bind": "3.tiled" },
        "seed": { "type": "seed", "bind": "3.seed" }
        """);

    private static readonly Inputs Accepted = Before.ReadWith(
        "imageFile", ("steps", "30"), ("cfg", "7.5"), ("prompt", "a dog"), ("format", "JPEG"), ("tiled", "true")).Inputs!;

    [Fact]
    public void What_a_workflow_took_it_takes_again() => Assert.Null(Before.WhatDoesNotFit(Accepted));

    [Theory]
    [InlineData("steps", """ "type": "number", "bind": "3.steps" """, null)]
    [InlineData("steps", """ "type": "integer", "bind": "3.steps", "maximum": 20 """, "'steps': '30' is not a whole number from")]
    [InlineData("steps", """ "type": "string", "bind": "3.text" """, "'steps' is of type string now")]
    [InlineData("cfg", """ "type": "integer", "bind": "3.steps" """, "'cfg' is of type integer now")]
    [InlineData("cfg", """ "type": "number", "bind": "3.cfg", "minimum": 8 """, "'cfg': '7.5' is not a number of at least 8")]
    [InlineData("prompt", """ "type": "string", "bind": "3.text", "maxLength": 3 """, "'prompt': 'a dog' must have 0 to 3")]
    [InlineData("prompt", """ "type": "enum", "bind": "3.format", "values": ["a dog"] """, null)]
    [InlineData("prompt", """ "type": "image", "bind": "1.image" """, "'prompt' is of type image now")]
    [InlineData("format", """ "type": "enum", "bind": "3.format", "values": ["PNG"] """, "'format': 'JPEG' is not one of PNG")]
    [InlineData("tiled", """ "type": "string", "bind": "3.text" """, "'tiled' is of type string now")]
    [InlineData("imageFile", """ "type": "mask", "bind": "2.mask" """, null)]
    [InlineData("imageFile", """ "type": "string", "bind": "3.text" """, "'imageFile' is of type string now")]
    [InlineData("seed", """ "type": "integer", "bind": "3.seed" """, null)]
    public void A_value_fits_if_the_new_version_would_take_it(string input, string spec, string? reason)
    {
        var value = new Inputs(Inputs.Empty.Values.Add(input, Accepted.Values[input]));

        var wrong = With($$""" "{{input}}": { {{spec}} } """).WhatDoesNotFit(value);

        Assert.Equal(reason is null, wrong is null);
        Assert.StartsWith(reason ?? "", wrong ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_is_gone_and_one_that_is_required_now_do_not_fit()
    {
        var after = With(""" "text": { "type": "string", "bind": "3.text", "required": true } """);
        var prompt = new Inputs(Inputs.Empty.Values.Add("prompt", Accepted.Values["prompt"]));

        Assert.Equal("there is no input 'prompt' any more", after.WhatDoesNotFit(prompt));
        Assert.Equal("'text' is required now", after.WhatDoesNotFit(Inputs.Empty));
    }
}
