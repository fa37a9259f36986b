using System.Text.Json.Nodes;

namespace AkkaComfy.ComfyUI.Tests;

/// <summary>Requests as the gateway makes them.</summary>
internal static class Prompts
{
    public static PromptRequest Empty => new(new JsonObject(), "p");

    /// <summary>Loads an image of this many bytes and saves it.</summary>
    public static PromptRequest WithImage(long length, Func<Stream>? open = null) => new(Graph(), "p-1")
    {
        ClientId = "c-1",
        Tag = new PromptTag("job-1", 2),
        Files =
        [
            new PromptFile(
                "1", "image", length, _ => ValueTask.FromResult(open?.Invoke() ?? new PatternStream(length))),
        ],
    };

    private static JsonObject Graph() => JsonNode.Parse("""
        {
          "1": { "class_type": "ETN_LoadImageBase64", "_meta": { "title": "ä" },
                 "inputs": { "note": null, "image": "", "n": 1.5 } },
          "2": { "class_type": "SaveImage", "inputs": { "images": ["1", 0] } }
        }
        """)!.AsObject();
}
