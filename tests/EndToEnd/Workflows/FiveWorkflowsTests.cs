using System.Text;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;
using AkkaComfy.Emulator.Tests.Images;

namespace AkkaComfy.EndToEnd.Workflows;

/// <summary>The sample workflows as endpoints: no code knows them, and what they make is looked at pixel by pixel.</summary>
[Collection(SharedSampleFleet.Name)]
public sealed class FiveWorkflowsTests(SampleFleet fleet)
{
    [Fact]
    public async Task All_five_are_endpoints()
    {
        var workflows = (await fleet.GetAsync("/api/workflows"))["workflows"]!.AsArray();
        Assert.Equal(
            ["blend-images", "fill-masked-area", "resize-image", "text-to-animation", "text-to-image"],
            workflows.Select(workflow => (string)workflow!["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Text_alone_makes_an_image_and_the_same_text_the_same_in_any_format()
    {
        var first = await fleet.PictureAsync("text-to-image", SampleFleet.Form(
            ("prompt", "a lighthouse"), ("seed", ulong.MaxValue), ("width", 128), ("height", 96), ("cfg", 6.5)));
        Assert.Equal((128, 96, 3), (first.Width, first.Height, first.Channels));

        var body = new JsonObject
        {
            ["prompt"] = "a lighthouse", ["seed"] = ulong.MaxValue, ["width"] = 128, ["height"] = 96, ["cfg"] = 6.5,
        };
        Assert.Equal(first.Pixels, (await fleet.PictureAsync("text-to-image", SampleFleet.Json(body))).Pixels);

        body["prompt"] = "a harbour";
        Assert.NotEqual(first.Pixels, (await fleet.PictureAsync("text-to-image", SampleFleet.Json(body))).Pixels);
    }

    [Fact]
    public async Task Text_that_is_missing_and_values_out_of_range_are_refused_by_name()
    {
        Assert.Equal(["prompt"], await fleet.RefusedFieldsAsync("text-to-image", SampleFleet.Form(("seed", 1))));
        Assert.Equal(
            ["sampler", "steps"],
            (await fleet.RefusedFieldsAsync("text-to-image", SampleFleet.Form(
                ("prompt", "x"), ("steps", 101), ("sampler", "guess")))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_image_comes_back_in_the_size_that_was_asked_for()
    {
        var cat = await File.ReadAllBytesAsync(Checkout.Sample("cat.png"));
        var small = await fleet.PictureAsync("resize-image", SampleFleet.Form(("imageFile", cat), ("width", 200)));
        Assert.Equal((200, 133), (small.Width, small.Height));
        var square = await fleet.PictureAsync("resize-image", SampleFleet.Form(
            ("imageFile", cat), ("width", 64), ("height", 64), ("crop", "center"), ("method", "area")));
        var expected = Resampler.Resize(ImageDecoder.Decode(cat).CropToShape(64, 64), 64, 64, Resampling.Area);
        Assert.Equal(expected.Pixels, square.Pixels);
    }

    [Theory]
    [InlineData("progressive-422.jpg")]
    [InlineData("adam7-rgb16.png")]
    [InlineData("ycck.jpg")]
    public async Task An_image_of_a_rarer_kind_is_read_as_what_it_shows(string name)
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, "tests/Emulator.Tests/Images/fixtures", name));
        var shown = ImageDecoder.Decode(file);
        var same = await fleet.PictureAsync("resize-image", SampleFleet.Form(("imageFile", file), ("width", 0)));
        Assert.Equal((shown.Width, shown.Height), (same.Width, same.Height));
        Assert.Equal(shown.Pixels, same.Pixels);
    }

    [Fact]
    public async Task A_photo_taken_upright_comes_back_upright()
    {
        var picture = Halves(40, 20, left: 0xFF0000, right: 0x0000FF);
        byte[] exif = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        var stored = PngWriter.Write(picture);
        var header = 8 + 25;
        byte[] chunk = [.. "eXIf"u8, .. exif];
        byte[] turned =
        [
            .. stored[..header], 0, 0, 0, (byte)exif.Length, .. chunk, .. BigEndian(PngBuilder.Crc(chunk)), .. stored[header..],
        ];
        var upright = await fleet.PictureAsync("resize-image", SampleFleet.Form(("imageFile", turned), ("width", 20)));
        Assert.Equal((20, 40), (upright.Width, upright.Height));
        Assert.Equal([0xFF, 0, 0], upright.Row(0)[..3].ToArray());
        Assert.Equal([0, 0, 0xFF], upright.Row(39)[..3].ToArray());
    }

    [Fact]
    public async Task An_image_is_painted_over_where_its_mask_is_white()
    {
        var image = PictureOperations.Solid(40, 30, 0x204060);
        var mask = PngWriter.Write(Halves(40, 30, left: 0xFFFFFF, right: 0x000000));
        var form = SampleFleet.Form(("imageFile", PngWriter.Write(image)), ("maskFile", mask), ("color", 0xFF8000));
        Check(await fleet.FollowedAsync("fill-masked-area", form));
        Check(await fleet.ResultAsync("fill-masked-area", SampleFleet.Json(new()
        {
            ["imageFile"] = Convert.ToBase64String(PngWriter.Write(image)),
            ["maskFile"] = $"data:image/png;base64,{Convert.ToBase64String(mask)}",
            ["color"] = 0xFF8000,
        })));

        static void Check(JsonNode result)
        {
            var filled = ImageDecoder.Decode(DataUri(result));
            Assert.Equal(Halves(40, 30, left: 0xFF8000, right: 0x204060).Pixels, filled.Pixels);
        }
    }

    [Fact]
    public async Task A_mask_may_be_what_is_transparent_of_its_file()
    {
        var mask = new Picture(4, 4, 4);
        mask.Row(0)[3] = 255;
        mask.Row(0)[7] = 51;
        var image = PngWriter.Write(PictureOperations.Solid(4, 4, 0x000000));
        var filled = await fleet.PictureAsync("fill-masked-area", SampleFleet.Form(
            ("imageFile", image), ("maskFile", PngWriter.Write(mask)), ("channel", "alpha"), ("color", 0xFFFFFF)));
        Assert.Equal([0, 204, 255], new[] { filled.Row(0)[0], filled.Row(0)[3], filled.Row(1)[0] });
    }

    [Fact]
    public async Task Two_images_are_blended_though_no_manifest_says_how()
    {
        var inputs = (await fleet.GetAsync("/api/workflows/blend-images"))["inputs"]!;
        Assert.Equal(["amount", "imageFile", "imageFile2"], Names(inputs).Order(StringComparer.Ordinal));

        var orange = PngWriter.Write(PictureOperations.Solid(12, 8, 0xFF8000));
        var blue = PngWriter.Write(PictureOperations.Solid(6, 4, 0x0040FF));
        var half = await fleet.PictureAsync("blend-images", SampleFleet.Form(("imageFile", orange), ("imageFile2", blue)));
        Assert.Equal(PictureOperations.Solid(12, 8, 0x806080).Pixels, half.Pixels);
        var quarter = await fleet.PictureAsync("blend-images", SampleFleet.Json(new()
        {
            ["imageFile"] = Convert.ToBase64String(orange),
            ["imageFile2"] = Convert.ToBase64String(blue),
            ["amount"] = 0.25,
        }));
        Assert.Equal(PictureOperations.Solid(12, 8, 0xBF7040).Pixels, quarter.Pixels);
        Assert.Equal(["imageFile2"], await fleet.RefusedFieldsAsync("blend-images", SampleFleet.Form(("imageFile", orange))));
    }

    [Fact]
    public async Task An_animation_and_a_text_come_out_of_one_workflow()
    {
        var result = await fleet.FollowedAsync("text-to-animation", SampleFleet.Form(
            ("prompt", "wäves"), ("style", "ink"), ("frames", 5), ("fps", 10), ("seed", 3)));
        var outputs = result["outputs"]!.AsArray();
        Assert.Equal(
            [("8", "images", "image/png"), ("9", "text", "text/plain; charset=utf-8")],
            outputs.Select(output =>
                ((string)output!["node_id"]!, (string)output["kind"]!, (string)output["media_type"]!)));
        Assert.Equal("wäves, ink", Encoding.UTF8.GetString(await fleet.OutputAsync(result, 1)));

        var file = await fleet.OutputAsync(result, 0);
        Assert.Equal(file, DataUri(result));
        Assert.Equal((5, 0), AnimatedPng.Plays(file));
        var frames = AnimatedPng.Frames(file);
        Assert.All(frames, frame => Assert.Equal((100, 1000), frame.Delay));
        Assert.Equal(5, frames.Select(frame => Convert.ToHexString(frame.Picture.Pixels)).Distinct().Count());
        Assert.DoesNotContain("comf", PngBuilder.Chunks(file).Select(chunk => chunk.Type));
    }

    private static IEnumerable<string> Names(JsonNode inputs) => inputs is JsonObject byName
        ? byName.Select(input => input.Key)
        : inputs.AsArray().Select(input => (string)input!["name"]!);

    private static byte[] DataUri(JsonNode result)
    {
        const string prefix = "data:image/png;base64,";
        var text = (string)result["image_base64"]!;
        Assert.StartsWith(prefix, text, StringComparison.Ordinal);
        return Convert.FromBase64String(text[prefix.Length..]);
    }

    private static Picture Halves(int width, int height, int left, int right)
    {
        var picture = PictureOperations.Solid(width, height, right);
        var half = PictureOperations.Solid(width / 2, 1, left);
        for (var y = 0; y < height; y++)
        {
            half.Pixels.CopyTo(picture.Row(y));
        }

        return picture;
    }

    private static byte[] BigEndian(uint number) =>
        [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
