namespace AkkaComfy.ComfyUI;

/// <summary>One kind of result of one node, under ComfyUI's own name for it: images, gifs, audio, text …</summary>
/// <param name="DisplayNode">The node of the submitted graph; another where the node itself is an expansion's.</param>
/// <param name="Values">What is neither file nor flag, as text: captions, numbers.</param>
public sealed record NodeOutput(
    string NodeId, string DisplayNode, string Kind, IReadOnlyList<OutputFile> Files, IReadOnlyList<string> Values);

/// <summary>A file that a server holds: all three parts are needed to fetch it.</summary>
/// <param name="Type">output, temp or input.</param>
public sealed record OutputFile(string Filename, string Subfolder, string Type)
{
    /// <summary>The media type, where the node names it (video nodes do).</summary>
    public string? Format { get; init; }
}
