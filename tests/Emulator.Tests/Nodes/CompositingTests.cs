using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Tests.Images;

namespace AkkaComfy.Emulator.Tests.Nodes;

public sealed class CompositingTests
{
    private static readonly Picture Orange = PictureOperations.Solid(8, 6, 0xFF8000);
    private static readonly Picture Blue = PictureOperations.Solid(4, 2, 0x0040FF);

    [Fact]
    public async Task Where_the_mask_is_white_the_source_is_seen_and_elsewhere_the_destination()
    {
        var mask = new Picture(8, 6, 3);
        mask.Row(2)[..12].Fill(255);
        var picture = await CompositeAsync(mask, resize: true);
        Assert.Equal([0x00, 0x40, 0xFF], picture.Row(2)[..3].ToArray());
        Assert.Equal([0x00, 0x40, 0xFF], picture.Row(2)[9..12].ToArray());
        Assert.Equal([0xFF, 0x80, 0x00], picture.Row(2)[12..15].ToArray());
        Assert.Equal([0xFF, 0x80, 0x00], picture.Row(3)[..3].ToArray());
        Assert.Equal((8, 6), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task A_grey_mask_mixes()
    {
        var picture = await CompositeAsync(Pictures.Plain(2, 2, 51, 51, 51), resize: true);
        Pictures.Same(Pictures.Plain(8, 6, 204, 115, 51), picture);
    }

    [Fact]
    public async Task Without_a_mask_the_source_lies_where_it_is_put_and_is_cut_at_the_edge()
    {
        var picture = await CompositeAsync(mask: null, resize: false, x: 6, y: 5);
        Assert.Equal([0xFF, 0x80, 0x00], picture.Row(5)[15..18].ToArray());
        Assert.Equal([0x00, 0x40, 0xFF], picture.Row(5)[18..21].ToArray());
        Assert.Equal([0xFF, 0x80, 0x00], picture.Row(4)[18..21].ToArray());
    }

    [Fact]
    public async Task A_source_beyond_the_edge_is_not_seen() =>
        Pictures.Same(Orange, await CompositeAsync(mask: null, resize: false, x: 8, y: 99));

    [Theory]
    [InlineData("normal", 0.25, 191, 112, 64)]
    [InlineData("multiply", 1, 0, 32, 0)]
    [InlineData("screen", 1, 255, 160, 255)]
    [InlineData("difference", 1, 255, 64, 0)]
    public async Task Blending_mixes_two_pictures_in_the_size_of_the_first(
        string mode, double factor, byte red, byte green, byte blue)
    {
        await using var test = await TestComfy.StartAsync();
        var picture = await Bench.PictureAsync(
            test,
            Bench.Base64(Orange),
            Bench.Base64(Blue),
            ("ImageBlend", new()
            {
                ["image1"] = Prompts.Link("1"),
                ["image2"] = Prompts.Link("2"),
                ["blend_factor"] = factor,
                ["blend_mode"] = mode,
            }),
            Prompts.Save("3"));
        Pictures.Same(Pictures.Plain(8, 6, red, green, blue), picture);
    }

    [Theory]
    [InlineData("overlay", 64, 64, 32)]
    [InlineData("overlay", 192, 192, 223)]
    [InlineData("soft_light", 100, 128, 100)]
    public void Blending_follows_ComfyUIs_formulas(string mode, byte below, byte above, byte expected)
    {
        var blended = new BlendTable(mode, 1).Blend(new(1, 1, 1, [below]), new(1, 1, 1, [above]));
        Assert.InRange(blended.Pixels[0], expected - 1, expected + 1);
    }

    [Fact]
    public async Task An_optional_input_may_be_left_out_but_not_be_of_another_type()
    {
        await using var test = await TestComfy.StartAsync();
        var prompt = Prompts.Of(Prompts.Empty(), Composite("1", "1", resize: false), Prompts.Save("2"));
        prompt["2"]!["inputs"]!["mask"] = Prompts.Link("1");
        var answer = await test.PostAsync("/prompt", new JsonObject { ["prompt"] = prompt });
        Assert.Equal(400, (int)answer["status"]!);
        var error = answer["body"]!["node_errors"]!["2"]!["errors"]![0]!;
        Assert.Equal("return_type_mismatch", (string?)error["type"]);
        var info = (await test.GetAsync("/object_info/ImageCompositeMasked"))["ImageCompositeMasked"]!;
        Assert.Equal(["mask"], info["input"]!["optional"]!.AsObject().Select(input => input.Key));
        Assert.Equal("mask", (string?)info["input_order"]!["optional"]![0]);
    }

    private static async Task<Picture> CompositeAsync(Picture? mask, bool resize, int x = 0, int y = 0)
    {
        await using var test = await TestComfy.StartAsync();
        var nodes = new List<(string Class, JsonObject Inputs)> { Bench.Base64(Orange), Bench.Base64(Blue) };
        var composite = Composite("1", "2", resize, x, y);
        if (mask is not null)
        {
            nodes.Add(Bench.Base64(mask));
            nodes.Add(("ImageToMask", new() { ["image"] = Prompts.Link("3"), ["channel"] = "red" }));
            composite.Inputs["mask"] = Prompts.Link("4");
        }

        nodes.Add(composite);
        nodes.Add(Prompts.Save($"{nodes.Count}"));
        return await Bench.PictureAsync(test, [.. nodes]);
    }

    private static (string Class, JsonObject Inputs) Composite(
        string destination, string source, bool resize, int x = 0, int y = 0) => (
        "ImageCompositeMasked",
        new()
        {
            ["destination"] = Prompts.Link(destination),
            ["source"] = Prompts.Link(source),
            ["x"] = x,
            ["y"] = y,
            ["resize_source"] = resize,
        });
}
