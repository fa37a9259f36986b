namespace AkkaComfy.Host.OpenApi;

/// <summary>The shape of what <see cref="Uploads.Prompts.PromptUpload"/> reads, for the document.</summary>
internal sealed record PromptBody(Dictionary<string, PromptNodeBody> Prompt)
{
    /// <summary>Images in base64, by the names under which nodes load them.</summary>
    public Dictionary<string, string>? Files { get; init; }
}

/// <summary>One node of a graph; an input is a value or a link.</summary>
internal sealed record PromptNodeBody(string ClassType, Dictionary<string, object> Inputs);
