using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.Emulator.Tests;

public sealed class NodeTests
{
    private static readonly Picture Orange = PictureOperations.Solid(20, 10, 0xFF8000);

    [Fact]
    public async Task Scaling_by_a_factor_rounds_the_measures()
    {
        var scaled = await ResultAsync(("ImageScaleBy", new()
        {
            ["image"] = Prompts.Link("1"), ["upscale_method"] = "bilinear", ["scale_by"] = 1.26,
        }));
        Assert.Equal((25, 13), (scaled.Width, scaled.Height));
    }

    [Theory]
    [InlineData(40, 40, "disabled", 40, 40)]
    [InlineData(40, 40, "center", 40, 40)]
    [InlineData(0, 30, "disabled", 60, 30)]
    [InlineData(30, 0, "disabled", 30, 15)]
    [InlineData(0, 0, "disabled", 20, 10)]
    public async Task Scaling_to_measures_keeps_the_proportion_where_one_is_zero(
        int width, int height, string crop, int expectedWidth, int expectedHeight)
    {
        var scaled = await ResultAsync(("ImageScale", new()
        {
            ["image"] = Prompts.Link("1"),
            ["upscale_method"] = "lanczos",
            ["width"] = width,
            ["height"] = height,
            ["crop"] = crop,
        }));
        Assert.Equal((expectedWidth, expectedHeight), (scaled.Width, scaled.Height));
        Assert.Equal([0xFF, 0x80, 0x00], scaled.Row(0)[..3].ToArray());
    }

    [Fact]
    public async Task Inverting_turns_colours_to_their_opposites()
    {
        var inverted = await ResultAsync(("ImageInvert", new() { ["image"] = Prompts.Link("1") }));
        Assert.Equal([0x00, 0x7F, 0xFF], inverted.Row(0)[..3].ToArray());
    }

    [Fact]
    public async Task A_loaded_pictures_transparency_becomes_the_mask()
    {
        var half = new Picture(8, 8, 4);
        for (var i = 0; i < half.Pixels.Length; i++)
        {
            half.Pixels[i] = (byte)(i % 4 == 3 ? 200 : 50);
        }

        await using var test = await TestComfy.StartAsync();
        await test.UploadAsync("half.png", PngWriter.Write(half));
        var mask = await RunAsync(
            test,
            Prompts.Of(
                ("LoadImage", new() { ["image"] = "half.png" }),
                ("MaskToImage", new() { ["mask"] = Prompts.Link("1", 1) }),
                Prompts.Save("2")),
            "3");
        Assert.Equal([55, 55, 55], mask.Row(0)[..3].ToArray());
    }

    [Fact]
    public async Task A_previewed_picture_goes_to_the_temp_directory()
    {
        await using var test = await TestComfy.StartAsync();
        var history = await test.RunAsync(Prompts.Of(
            Prompts.Empty(), ("PreviewImage", new() { ["images"] = Prompts.Link("1") })));
        var image = history["outputs"]!["2"]!["images"]![0]!;
        Assert.Equal("temp", (string?)image["type"]);
        Assert.Matches("^ComfyUI_temp_[a-z]{5}_00001_\\.png$", (string?)image["filename"]);
        Assert.Equal(32, ImageDecoder.Decode(await test.FileOfAsync(history, "2")).Width);
    }

    [Fact]
    public async Task Saved_files_carry_the_prompt_as_metadata()
    {
        await using var test = await TestComfy.StartAsync();
        var prompt = Prompts.Small();
        var file = await test.FileOfAsync(await test.RunAsync(prompt.DeepClone().AsObject()), "2");
        var entry = Assert.Single(PngText.Read(file));
        Assert.Equal("prompt", entry.Key);
        Assert.True(JsonNode.DeepEquals(prompt, JsonNode.Parse(entry.Value)));
    }

    [Fact]
    public async Task Numbering_goes_on_after_the_files_already_there()
    {
        var directory = Directory.CreateTempSubdirectory("emulator-test-");
        try
        {
            for (var run = 1; run <= 2; run++)
            {
                await using var test = await TestComfy.StartAsync(new() { Directory = directory.FullName });
                var history = await test.RunAsync(Prompts.Small());
                Assert.Equal(
                    $"test_{run:D5}_.png", (string?)history["outputs"]!["2"]!["images"]![0]!["filename"]);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("R0lGODlhAQABAAAAACw=", "PIL.UnidentifiedImageError")]
    [InlineData("AAAA", "PIL.UnidentifiedImageError")]
    [InlineData("iVBORw0KGgoAAAANSUhEUg==", "OSError")]
    [InlineData("A", "binascii.Error")]
    public async Task What_is_no_readable_picture_fails_as_an_error_of_its_node(string base64, string type)
    {
        await using var test = await TestComfy.StartAsync();
        var history = await test.RunAsync(Prompts.Of(
            ("ETN_LoadImageBase64", new() { ["image"] = base64 }), Prompts.Save("1")));
        var error = history["status"]!["messages"]!.AsArray()[^1]!;
        Assert.Equal("execution_error", (string?)error[0]);
        Assert.Equal("1", (string?)error[1]!["node_id"]);
        Assert.Equal(type, (string?)error[1]!["exception_type"]);
        Assert.Equal(base64, (string?)error[1]!["current_inputs"]!["image"]![0]);
    }

    [Fact]
    public async Task Files_outside_the_output_directory_are_not_written()
    {
        await using var test = await TestComfy.StartAsync();
        var history = await test.RunAsync(Prompts.Of(Prompts.Empty(), Prompts.Save("1", "../../evil")));
        var error = history["status"]!["messages"]!.AsArray()[^1]!;
        Assert.Contains("outside the output folder", (string?)error[1]!["exception_message"], StringComparison.Ordinal);
    }

    /// <summary>What a node makes of an orange picture of 20×10.</summary>
    private static async Task<Picture> ResultAsync((string Class, JsonObject Inputs) node)
    {
        await using var test = await TestComfy.StartAsync();
        return await RunAsync(
            test, Prompts.Of(Prompts.LoadBase64(PngWriter.Write(Orange)), node, Prompts.Save("2")), "3");
    }

    private static async Task<Picture> RunAsync(TestComfy test, JsonObject prompt, string saver) =>
        ImageDecoder.Decode(await test.FileOfAsync(await test.RunAsync(prompt), saver));
}
