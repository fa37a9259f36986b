using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;
using AkkaComfy.Emulator.Tests.Images;

namespace AkkaComfy.Emulator.Tests.Nodes;

public sealed class MaskTests
{
    /// <summary>Four pixels whose channels all differ.</summary>
    private static readonly Picture Colours = new(
        2, 2, 4, [10, 20, 30, 0, 40, 50, 60, 64, 70, 80, 90, 128, 100, 110, 120, 255]);

    [Theory]
    [InlineData("alpha", new byte[] { 255, 191, 127, 0 })]
    [InlineData("red", new byte[] { 10, 40, 70, 100 })]
    [InlineData("green", new byte[] { 20, 50, 80, 110 })]
    [InlineData("blue", new byte[] { 30, 60, 90, 120 })]
    public async Task A_mask_is_loaded_from_any_channel_and_transparency_turned_round(string channel, byte[] expected)
    {
        await using var test = await TestComfy.StartAsync();
        await test.UploadAsync("mask.png", PngWriter.Write(Colours));
        var mask = await Bench.PictureAsync(
            test,
            ("LoadImageMask", new() { ["image"] = "mask.png", ["channel"] = channel }),
            Bench.ShowMask("1", 0),
            Prompts.Save("2"));
        Assert.Equal(expected, mask.Channel(0).Pixels);
    }

    [Fact]
    public async Task An_opaque_file_loaded_as_a_mask_of_its_transparency_is_all_zero_in_its_own_size()
    {
        await using var test = await TestComfy.StartAsync();
        await test.UploadAsync("mask.png", PngWriter.Write(Pictures.Plain(5, 3, 200, 100, 50)));
        var mask = await Bench.PictureAsync(
            test,
            ("LoadImageMask", new() { ["image"] = "mask.png", ["channel"] = "alpha" }),
            Bench.ShowMask("1", 0),
            Prompts.Save("2"));
        Pictures.Same(Pictures.Plain(5, 3, 0, 0, 0), mask);
    }

    [Fact]
    public async Task Both_loaders_give_transparency_turned_round_and_of_an_opaque_file_64_by_64_of_nothing()
    {
        await using var test = await TestComfy.StartAsync();
        foreach (var opaque in (bool[])[false, true])
        {
            var picture = opaque ? Colours.ToRgb() : Colours;
            var expected = opaque ? new Picture(64, 64, 1) : Colours.Alpha().Invert();
            foreach (var loader in ((string, JsonObject)[])[await Bench.LoadAsync(test, picture), Bench.Base64(picture)])
            {
                var mask = await Bench.PictureAsync(test, loader, Bench.ShowMask("1", 1), Prompts.Save("2"));
                Pictures.Same(expected, mask.Channel(0));
            }
        }
    }

    [Fact]
    public async Task A_palettes_transparency_is_a_mask_to_one_loader_only_and_a_colour_keys_to_none()
    {
        var palette = new PngBuilder().Header(2, 1, 8, 3).Chunk("PLTE", 1, 2, 3, 4, 5, 6).Chunk("tRNS", 0)
            .Data([0, 0, 1]).End();
        var key = new PngBuilder().Header(2, 1, 8, 0).Chunk("tRNS", 0, 7).Data([0, 7, 8]).End();
        await using var test = await TestComfy.StartAsync();
        await test.UploadAsync("palette.png", palette);
        await test.UploadAsync("key.png", key);

        Assert.Equal((2, 1), await SizeAsync(("LoadImage", new() { ["image"] = "palette.png" })));
        Assert.Equal((64, 64), await SizeAsync(Prompts.LoadBase64(palette)));
        Assert.Equal((64, 64), await SizeAsync(("LoadImage", new() { ["image"] = "key.png" })));

        async Task<(int, int)> SizeAsync((string, JsonObject) loader)
        {
            var mask = await Bench.PictureAsync(test, loader, Bench.ShowMask("1", 1), Prompts.Save("2"));
            return (mask.Width, mask.Height);
        }
    }

    [Fact]
    public async Task A_mask_in_the_prompt_is_the_red_of_its_picture()
    {
        await using var test = await TestComfy.StartAsync();
        var mask = await Bench.PictureAsync(
            test,
            ("ETN_LoadMaskBase64", new() { ["mask"] = Convert.ToBase64String(PngWriter.Write(Colours)) }),
            Bench.ShowMask("1", 0),
            Prompts.Save("2"));
        Assert.Equal([10, 40, 70, 100], mask.Channel(0).Pixels);
    }

    [Fact]
    public async Task Masks_are_made_and_turned_round()
    {
        await using var test = await TestComfy.StartAsync();
        var solid = await Bench.PictureAsync(
            test,
            ("SolidMask", new() { ["value"] = 0.8, ["width"] = 3, ["height"] = 2 }),
            ("InvertMask", new() { ["mask"] = Prompts.Link("1") }),
            Bench.ShowMask("2", 0),
            Prompts.Save("3"));
        Pictures.Same(Pictures.Plain(3, 2, 51, 51, 51), solid);
        var green = await Bench.PictureAsync(
            test,
            Bench.Base64(Colours),
            ("ImageToMask", new() { ["image"] = Prompts.Link("1"), ["channel"] = "green" }),
            Bench.ShowMask("2", 0),
            Prompts.Save("3"));
        Assert.Equal([20, 50, 80, 110], green.Channel(0).Pixels);
    }

    [Fact]
    public async Task A_channel_that_an_image_lacks_is_an_error_of_its_node()
    {
        await using var test = await TestComfy.StartAsync();
        var error = await Bench.ErrorAsync(
            test,
            Bench.Base64(Colours),
            ("ImageToMask", new() { ["image"] = Prompts.Link("1"), ["channel"] = "alpha" }),
            Bench.ShowMask("2", 0),
            Prompts.Save("3"));
        Assert.Equal("IndexError", (string?)error["exception_type"]);
    }

    [Fact]
    public async Task A_picture_turned_by_its_EXIF_data_has_its_mask_turned_too()
    {
        byte[] exif = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        var file = new PngBuilder().Header(2, 1, 8, 4).Chunk("eXIf", exif).Data([0, 9, 255, 9, 0]).End();
        await using var test = await TestComfy.StartAsync();
        await test.UploadAsync("turned.png", file);
        var mask = await Bench.PictureAsync(
            test, ("LoadImage", new() { ["image"] = "turned.png" }), Bench.ShowMask("1", 1), Prompts.Save("2"));
        Pictures.Same(new Picture(1, 2, 1, [0, 255]), mask.Channel(0));
    }
}
