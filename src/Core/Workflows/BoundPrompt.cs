using System.Text.Json.Nodes;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Workflows;

/// <summary>How an image gets into a node.</summary>
public enum ImagePlacement
{
    /// <summary>Bare base64 in the prompt itself.</summary>
    Base64,

    /// <summary>Uploaded beforehand, then named in the prompt.</summary>
    Upload,
}

/// <summary>An image that has yet to be put into a bound graph.</summary>
public sealed record ImageBinding(string NodeId, string Input, BlobRef Blob, ImagePlacement Placement);

/// <summary>A graph with a job's values in it, all but its images.</summary>
/// <param name="Graph">The caller's own copy: ComfyUI's <c>prompt</c>, to be changed freely.</param>
public sealed record BoundPrompt(JsonObject Graph, IReadOnlyList<ImageBinding> Images);
