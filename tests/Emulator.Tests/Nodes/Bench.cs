using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;

namespace AkkaComfy.Emulator.Tests.Nodes;

/// <summary>Runs small graphs on an emulator and looks at what comes out.</summary>
internal static class Bench
{
    /// <summary>What the last node, which saves, has written.</summary>
    public static async Task<Picture> PictureAsync(TestComfy test, params (string Class, JsonObject Inputs)[] nodes) =>
        ImageDecoder.Decode(await FileAsync(test, nodes));

    public static async Task<byte[]> FileAsync(TestComfy test, params (string Class, JsonObject Inputs)[] nodes)
    {
        var history = await test.RunAsync(Prompts.Of(nodes));
        Assert.True((string?)history["status"]!["status_str"] == "success", $"{history["status"]}");
        return await test.FileOfAsync(history, $"{nodes.Length}");
    }

    /// <summary>The error with which a graph ends.</summary>
    public static async Task<JsonNode> ErrorAsync(TestComfy test, params (string Class, JsonObject Inputs)[] nodes)
    {
        var history = await test.RunAsync(Prompts.Of(nodes));
        var last = history["status"]!["messages"]!.AsArray()[^1]!;
        Assert.Equal("execution_error", (string?)last[0]);
        return last[1]!;
    }

    /// <summary>Uploads a picture as a PNG file and names the node that loads it.</summary>
    public static async Task<(string Class, JsonObject Inputs)> LoadAsync(TestComfy test, Picture picture)
    {
        var name = $"{Guid.NewGuid():N}.png";
        await test.UploadAsync(name, PngWriter.Write(picture));
        return ("LoadImage", new() { ["image"] = name });
    }

    public static (string Class, JsonObject Inputs) Base64(Picture picture) =>
        Prompts.LoadBase64(PngWriter.Write(picture));

    public static (string Class, JsonObject Inputs) ShowMask(string from, int slot) =>
        ("MaskToImage", new() { ["mask"] = Prompts.Link(from, slot) });
}
