using System.Collections.Frozen;

namespace AkkaComfy.Core.Workflows.Drafting;

/// <summary>The widgets that clients mostly want to set, by what ComfyUI's own nodes call them.</summary>
/// <param name="Name">Of the input that sets it.</param>
/// <param name="Minimum">What ComfyUI's own nodes take at least; where an instance is asked, its word counts.</param>
/// <param name="NeedsOptions">Offered only where an instance tells which values there are.</param>
internal sealed record KnownWidget(
    string Name, decimal? Minimum = null, decimal? Maximum = null, bool NeedsOptions = false);

internal static class KnownWidgets
{
    private static readonly FrozenDictionary<string, KnownWidget> All = new Dictionary<string, KnownWidget>(StringComparer.Ordinal)
    {
        ["seed"] = new("seed"),
        ["noise_seed"] = new("seed"),
        ["steps"] = new("steps", 1, 10_000),
        ["cfg"] = new("cfg", 0, 100),
        ["guidance"] = new("guidance", 0, 100),
        ["denoise"] = new("denoise", 0, 1),
        ["sampler_name"] = new("sampler", NeedsOptions: true),
        ["scheduler"] = new("scheduler", NeedsOptions: true),
        ["width"] = new("width", 1, 16_384),
        ["height"] = new("height", 1, 16_384),
        ["batch_size"] = new("batch_size", 1, 4_096),
        ["length"] = new("length", 1, 16_384),
        ["fps"] = new("fps", 0.01m, 1_000),
        ["frame_rate"] = new("fps", 0.01m, 1_000),
        ["scale_by"] = new("scale", 0.01m, 8),
        ["strength"] = new("strength", -100, 100),
        ["strength_model"] = new("strength", -100, 100),
        ["blend_factor"] = new("amount", 0, 1),
        ["upscale_method"] = new("method", NeedsOptions: true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Prompts = new[]
    {
        "text", "prompt", "positive", "negative", "positive_prompt", "negative_prompt", "text_g", "text_l", "clip_l",
        "t5xxl",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static KnownWidget? Find(string widget) => All.GetValueOrDefault(widget);

    /// <summary>Whether a text of this name is what the result is made of.</summary>
    public static bool IsPrompt(string widget) => Prompts.Contains(widget);
}
