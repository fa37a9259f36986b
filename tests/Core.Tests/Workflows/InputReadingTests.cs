using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Workflows.AWorkflow;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class InputReadingTests
{
    private static readonly Workflow Everything = With(
        """
        "imageFile": { "type": "image", "bind": "1.image" },
        "steps": { "type": "integer", "bind": "3.steps", "default": 20, "minimum": 1, "maximum": 100 },
        "cfg": { "type": "number", "bind": "3.cfg", "minimum": 0, "maximum": 30 },
        "prompt": { "type": "string", "bind": "3.text", "maxLength": 5 },
        "format": { "type": "enum", "bind": "3.format", "values": ["PNG", "JPEG"] },
        "tiled": { "type": "boolean", "bind": "3.tiled" },
        "seed": { "type": "seed", "bind": "3.seed" }
        """);

    [Theory]
    [InlineData("steps", "7", "Integer { Value = 7 }")]
    [InlineData("steps", " 100 ", "Integer { Value = 100 }")]
    [InlineData("cfg", "7.25", "Number { Value = 7.25 }")]
    [InlineData("cfg", "1e1", "Number { Value = 10 }")]
    [InlineData("prompt", "", "Text { Value =  }")]
    [InlineData("prompt", "ünïcö", "Text { Value = ünïcö }")]
    [InlineData("format", "JPEG", "Text { Value = JPEG }")]
    [InlineData("tiled", "TRUE", "Flag { Value = True }")]
    [InlineData("tiled", "0", "Flag { Value = False }")]
    [InlineData("seed", "18446744073709551615", "Integer { Value = 18446744073709551615 }")]
    public void A_good_value_is_read(string field, string text, string value) =>
        Assert.Equal(value, $"{Everything.Read((field, text)).Inputs!.Values[field]}");

    [Theory]
    [InlineData("steps", "0", "'steps': '0' is not a whole number from 1 to 100")]
    [InlineData("steps", "101", "'steps': '101' is not a whole number from 1 to 100")]
    [InlineData("steps", "1.0", "'steps': '1.0' is not a whole number from 1 to 100")]
    [InlineData("steps", "", "'steps': '' is not a whole number from 1 to 100")]
    [InlineData("steps", "99999999999999999999999999999999", "is not a whole number from 1 to 100")]
    [InlineData("cfg", "-0.1", "'cfg': '-0.1' is not a number from 0 to 30")]
    [InlineData("cfg", "30.5", "'cfg': '30.5' is not a number from 0 to 30")]
    [InlineData("cfg", "NaN", "'cfg': 'NaN' is not a number from 0 to 30")]
    [InlineData("cfg", "1e999", "'cfg': '1e999' is not a number from 0 to 30")]
    [InlineData("cfg", "1,5", "'cfg': '1,5' is not a number from 0 to 30")]
    [InlineData("prompt", "abcdef", "'prompt': 'abcdef' must have 0 to 5 characters")]
    [InlineData("format", "png", "'format': 'png' is not one of PNG, JPEG")]
    [InlineData("tiled", "yes", "'tiled': 'yes' is neither true nor false")]
    [InlineData("seed", "-1", "'seed': '-1' is not a whole number from 0 to 18446744073709551615")]
    [InlineData("seed", "18446744073709551616", "is not a whole number from 0 to 18446744073709551615")]
    [InlineData("imageFile", "abc", "'imageFile' must be a file, but a text was sent: 'abc'")]
    [InlineData("Seed", "1", "'Seed' is not a field of 'a-workflow'; its fields are imageFile, steps, cfg, prompt, format, tiled, seed")]
    public void A_bad_value_is_refused_naming_field_value_and_range(string field, string text, string error)
    {
        var read = Everything.Read((field, text));

        Assert.False(read.IsValid);
        Assert.Equal(field, Assert.Single(read.Errors).Key);
        Assert.Contains(error, Assert.Single(read.Errors[field]), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_field_is_told_and_long_values_are_not_repeated_at_length()
    {
        var read = Everything.Read(("steps", "x"), ("format", new string('y', 5000)), ("zzz", "1"));

        Assert.Equal(["format", "steps", "zzz"], read.Errors.Keys.Order(StringComparer.Ordinal));
        Assert.All(read.Errors.Values, errors => Assert.InRange(errors[0].Length, 1, 200));
        Assert.Contains("(5000 characters)", read.Errors["format"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_absent_takes_its_default_or_stays_as_the_graph_has_it()
    {
        var inputs = Everything.Read().Inputs!;

        Assert.Equal(["seed", "steps"], inputs.Values.Keys);
        Assert.Equal(new InputValue.Integer(20), inputs.Values["steps"]);
    }

    [Fact]
    public void A_required_input_must_be_there()
    {
        var workflow = With(
            """
            "imageFile": { "type": "image", "bind": "1.image", "required": true },
            "prompt": { "type": "string", "bind": "3.text", "required": true }
            """);

        var errors = workflow.Read().Errors;

        Assert.Equal("'imageFile' is required: an image file", Assert.Single(errors["imageFile"]));
        Assert.Equal("'prompt' is required", Assert.Single(errors["prompt"]));
    }

    [Fact]
    public void A_file_is_an_image_where_one_is_wanted_and_refused_elsewhere()
    {
        Assert.Same(Image, Everything.ReadWith("imageFile").Inputs!.Values["imageFile"]);
        Assert.Equal(
            "'steps' must be of type integer, but a file was sent",
            Everything.ReadWith("steps").Errors["steps"][0]);
        Assert.Contains("is not a field of", Everything.ReadWith("photo").Errors["photo"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_left_open_is_drawn_within_its_range() => Properties.HoldForScripts(int.MaxValue, draws =>
    {
        var workflow = With("""
            "low": { "type": "seed", "bind": "3.seed", "minimum": 10, "maximum": 12 },
            "all": { "type": "seed", "bind": "3.steps" }
            """);
        foreach (var draw in draws.Select(draw => (ulong)draw * 0x1_0000_0001))
        {
            var inputs = workflow.ReadInputs(
                new Dictionary<string, string>(), new Dictionary<string, InputValue.Image>(), () => draw).Inputs!;
            Assert.InRange(((InputValue.Integer)inputs.Values["low"]).Value, 10, 12);
            Assert.Equal(draw, ((InputValue.Integer)inputs.Values["all"]).Value);
        }
    }, count: 20);
}
