using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Tests.Images;

namespace AkkaComfy.Emulator.Tests.Nodes;

public sealed class TextAndAnimationTests
{
    private static readonly Picture Orange = PictureOperations.Solid(20, 10, 0xFF8000);
    private static readonly Picture Blue = PictureOperations.Solid(20, 10, 0x0040FF);

    [Fact]
    public async Task A_batch_becomes_an_animation_that_says_so()
    {
        await using var test = await TestComfy.StartAsync();
        var history = await test.RunAsync(Prompts.Of(
            Bench.Base64(Orange),
            Bench.Base64(Blue),
            ("ImageBatch", new() { ["image1"] = Prompts.Link("1"), ["image2"] = Prompts.Link("2") }),
            ("SaveAnimatedPNG", new()
            {
                ["images"] = Prompts.Link("3"), ["filename_prefix"] = "move/it", ["fps"] = 8, ["compress_level"] = 4,
            })));
        var output = history["outputs"]!["4"]!;
        Assert.True((bool)output["animated"]![0]!);
        Assert.Equal(("it_00001_.png", "move"), ((string?)output["images"]![0]!["filename"], (string?)output["images"]![0]!["subfolder"]));
        var file = await test.FileOfAsync(history, "4");

        Assert.Equal(
            ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "comf", "IEND"], PngBuilder.Chunks(file).Select(c => c.Type));
        Assert.Equal(new(2, 0), AnimatedPng.Plays(file));
        var frames = AnimatedPng.Frames(file);
        Assert.Equal([(125, 1000), (125, 1000)], frames.Select(frame => frame.Delay));
        Pictures.Same(Orange, frames[0].Picture);
        Pictures.Same(Blue, frames[1].Picture);
        Pictures.Same(Orange, ImageDecoder.Decode(file));
    }

    [Fact]
    public async Task Values_of_every_type_pass_through_and_are_shown_as_text()
    {
        await using var test = await TestComfy.StartAsync();
        Assert.Equal("a cat, oil", await TextAsync(
            test,
            ("PrimitiveString", new() { ["value"] = "a cat" }),
            ("PrimitiveStringMultiline", new() { ["value"] = "oil" }),
            ("StringConcatenate", new()
            {
                ["string_a"] = Prompts.Link("1"), ["string_b"] = Prompts.Link("2"), ["delimiter"] = ", ",
            })));
        Assert.Equal("-7", await TextAsync(test, ("PrimitiveInt", new() { ["value"] = -7 })));
        Assert.Equal("0.25", await TextAsync(test, ("PrimitiveFloat", new() { ["value"] = 0.25 })));
        Assert.Equal("True", await TextAsync(test, ("PrimitiveBoolean", new() { ["value"] = true })));
        Assert.Contains("(1, 32, 32, 3)", await TextAsync(test, Prompts.Empty()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_drives_the_input_that_it_is_linked_to()
    {
        await using var test = await TestComfy.StartAsync();
        var scaled = await Bench.PictureAsync(
            test,
            ("PrimitiveFloat", new() { ["value"] = 2 }),
            Bench.Base64(Orange),
            ("ImageScaleBy", new()
            {
                ["image"] = Prompts.Link("2"), ["upscale_method"] = "area", ["scale_by"] = Prompts.Link("1"),
            }),
            Prompts.Save("3"));
        Assert.Equal((40, 20), (scaled.Width, scaled.Height));
    }

    private static async Task<string?> TextAsync(TestComfy test, params (string Class, JsonObject Inputs)[] nodes)
    {
        var history = await test.RunAsync(Prompts.Of(
            [.. nodes, ("PreviewAny", new() { ["source"] = Prompts.Link($"{nodes.Length}") })]));
        return (string?)history["outputs"]![$"{nodes.Length + 1}"]!["text"]![0];
    }
}
