using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Core.Tests.Workflows;

/// <summary>What an instance with a few of ComfyUI's nodes would say of them, and a graph of these.</summary>
internal static class Declared
{
    public const string TextToImage = """
        {
          "1": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "sd15.safetensors" } },
          "2": { "class_type": "CLIPTextEncode", "inputs": { "text": "a “cat”", "clip": ["1", 1] } },
          "3": { "class_type": "CLIPTextEncode", "inputs": { "text": "blurry", "clip": ["1", 1] } },
          "4": { "class_type": "Relay", "inputs": { "conditioning": ["3", 0] } },
          "5": { "class_type": "KSampler", "inputs": {
            "seed": 42, "steps": 20, "cfg": 8, "sampler_name": "euler", "denoise": 1,
            "model": ["1", 0], "positive": ["2", 0], "negative": ["4", 0] } },
          "6": { "class_type": "KSampler", "inputs": {
            "seed": 43, "steps": 12, "cfg": 7.5, "sampler_name": "euler", "denoise": 0.5,
            "model": ["1", 0], "positive": ["2", 0], "negative": ["4", 0] } },
          "7": { "class_type": "Writer", "inputs": { "images": ["6", 0], "story": "once" } }
        }
        """;

    public static IReadOnlyDictionary<string, DeclaredNode> Nodes { get; } = new Dictionary<string, DeclaredNode>
    {
        ["CheckpointLoaderSimple"] = Node(("ckpt_name", Combo("sd15.safetensors", "sub/xl.safetensors"))),
        ["CLIPTextEncode"] = Node(
            ("text", new DeclaredInput("STRING", true) { IsMultiline = true, Description = "What | is\nseen." }),
            ("clip", new DeclaredInput("CLIP", true))),
        ["Relay"] = Node(("conditioning", new DeclaredInput("CONDITIONING", true))),
        ["KSampler"] = Node(
            ("model", new DeclaredInput("MODEL", true)),
            ("positive", new DeclaredInput("CONDITIONING", true)),
            ("negative", new DeclaredInput("CONDITIONING", true)),
            ("seed", Number("INT", 0, ulong.MaxValue)),
            ("steps", Number("INT", 1, 10_000)),
            ("cfg", Number("FLOAT", 0, 100)),
            ("denoise", Number("FLOAT", 0, 1)),
            ("sampler_name", Combo("euler", "ddim"))),
        ["Writer"] = Node(
            ("images", new DeclaredInput("IMAGE", true)),
            ("story", new DeclaredInput("STRING", true) { IsMultiline = true })) with { IsOutput = true },
    };

    public static IReadOnlyDictionary<string, DeclaredNode> With(string name, DeclaredNode node) =>
        new Dictionary<string, DeclaredNode>(Nodes) { [name] = node };

    public static DeclaredNode Node(params (string Name, DeclaredInput Input)[] inputs) =>
        new(inputs.ToDictionary(input => input.Name, input => input.Input), IsOutput: false);

    public static DeclaredInput Combo(params string[] options) => new("COMBO", true) { Options = options };

    public static DeclaredInput Number(string type, decimal minimum, decimal maximum) =>
        new(type, true) { Minimum = minimum, Maximum = maximum };
}
