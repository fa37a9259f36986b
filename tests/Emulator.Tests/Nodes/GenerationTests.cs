using System.Net.WebSockets;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Tests.Images;

namespace AkkaComfy.Emulator.Tests.Nodes;

public sealed class GenerationTests
{
    private const string Checkpoint = "v1-5-pruned-emaonly-fp16.safetensors";

    [Fact]
    public async Task The_same_words_and_seed_make_the_same_picture_and_others_another()
    {
        await using var test = await TestComfy.StartAsync();
        var first = await Bench.PictureAsync(test, Graph("a cat", seed: 1));
        Assert.Equal((64, 48), (first.Width, first.Height));
        await using var elsewhere = await TestComfy.StartAsync();
        Pictures.Same(first, await Bench.PictureAsync(elsewhere, Graph("a cat", seed: 1)));
        Assert.NotEqual(first.Pixels, (await Bench.PictureAsync(test, Graph("a dog", seed: 1))).Pixels);
        Assert.NotEqual(first.Pixels, (await Bench.PictureAsync(test, Graph("a cat", seed: ulong.MaxValue))).Pixels);
    }

    [Fact]
    public async Task Sampling_reports_every_step_with_a_preview_an_eighth_of_the_size()
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync("c");
        await test.SubmitAsync(Prompts.Of(Graph("a cat", seed: 7, steps: 5)), "c");
        for (var step = 1; step <= 5; step++)
        {
            var progress = await socket.ReadUntilAsync("progress");
            Assert.Equal((step, 5, "5"), ((int)progress["value"]!, (int)progress["max"]!, (string?)progress["node"]));
            var frame = await socket.ReadAsync();
            Assert.Equal(WebSocketMessageType.Binary, frame!.Value.Type);
            var preview = ImageDecoder.Decode(frame.Value.Bytes.AsMemory(8));
            Assert.Equal((8, 6), (preview.Width, preview.Height));
        }
    }

    [Fact]
    public async Task What_was_never_sampled_is_grey()
    {
        await using var test = await TestComfy.StartAsync();
        var picture = await Bench.PictureAsync(
            test,
            ("CheckpointLoaderSimple", new() { ["ckpt_name"] = Checkpoint }),
            ("EmptyLatentImage", new() { ["width"] = 16, ["height"] = 24, ["batch_size"] = 1 }),
            ("VAEDecode", new() { ["samples"] = Prompts.Link("2"), ["vae"] = Prompts.Link("1", 2) }),
            Prompts.Save("3"));
        Pictures.Same(Pictures.Plain(16, 24, 128, 128, 128), picture);
    }

    [Fact]
    public async Task More_pixels_than_memory_has_room_for_are_an_error_and_no_end_of_the_process()
    {
        await using var test = await TestComfy.StartAsync();
        var error = await Bench.ErrorAsync(
            test,
            ("CheckpointLoaderSimple", new() { ["ckpt_name"] = Checkpoint }),
            ("EmptyLatentImage", new() { ["width"] = 16384, ["height"] = 16384, ["batch_size"] = 2 }),
            ("VAEDecode", new() { ["samples"] = Prompts.Link("2"), ["vae"] = Prompts.Link("1", 2) }),
            Prompts.Save("3"));
        Assert.Equal("torch.OutOfMemoryError", (string?)error["exception_type"]);
    }

    [Theory]
    [InlineData("steps", "0", "value_smaller_than_min")]
    [InlineData("cfg", "101", "value_bigger_than_max")]
    [InlineData("seed", "18446744073709551616", "value_bigger_than_max")]
    [InlineData("sampler_name", "\"guess\"", "value_not_in_list")]
    public async Task Values_out_of_range_are_refused_before_anything_runs(string input, string value, string type)
    {
        await using var test = await TestComfy.StartAsync();
        var prompt = Prompts.Of(Graph("a cat", seed: 1));
        prompt["5"]!["inputs"]![input] = JsonNode.Parse(value);
        var answer = await test.PostAsync("/prompt", new JsonObject { ["prompt"] = prompt });
        Assert.Equal(400, (int)answer["status"]!);
        Assert.Equal(type, (string?)answer["body"]!["node_errors"]!["5"]!["errors"]![0]!["type"]);
    }

    [Fact]
    public async Task Checkpoints_are_listed_and_others_refused()
    {
        await using var test = await TestComfy.StartAsync(new() { Checkpoints = ["own.safetensors"] });
        Assert.Equal(["own.safetensors"], (await test.GetAsync("/models/checkpoints")).AsArray().Select(name => (string?)name));
        var answer = await test.PostAsync("/prompt", new JsonObject { ["prompt"] = Prompts.Of(Graph("a cat", seed: 1)) });
        Assert.Equal("value_not_in_list", (string?)answer["body"]!["node_errors"]!["1"]!["errors"]![0]!["type"]);
    }

    private static (string Class, JsonObject Inputs)[] Graph(string prompt, ulong seed, int steps = 2) =>
    [
        ("CheckpointLoaderSimple", new() { ["ckpt_name"] = Checkpoint }),
        ("CLIPTextEncode", new() { ["text"] = prompt, ["clip"] = Prompts.Link("1", 1) }),
        ("CLIPTextEncode", new() { ["text"] = "blurry", ["clip"] = Prompts.Link("1", 1) }),
        ("EmptyLatentImage", new() { ["width"] = 64, ["height"] = 48, ["batch_size"] = 1 }),
        ("KSampler", new()
        {
            ["model"] = Prompts.Link("1"),
            ["seed"] = seed,
            ["steps"] = steps,
            ["cfg"] = 7.5,
            ["sampler_name"] = "euler",
            ["scheduler"] = "normal",
            ["positive"] = Prompts.Link("2"),
            ["negative"] = Prompts.Link("3"),
            ["latent_image"] = Prompts.Link("4"),
            ["denoise"] = 1,
        }),
        ("VAEDecode", new() { ["samples"] = Prompts.Link("5"), ["vae"] = Prompts.Link("1", 2) }),
        Prompts.Save("6"),
    ];
}
