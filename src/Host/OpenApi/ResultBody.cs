using AkkaComfy.Host.Endpoints.Bodies;

namespace AkkaComfy.Host.OpenApi;

/// <summary>The shape of what <see cref="Endpoints.ResultAnswer"/> streams, for the document.</summary>
internal sealed record ResultBody(
    string JobId,
    string Status,
    string Type,
    double ProcessingTimeSeconds,
    string? ComfyuiInstance,
    ResultContentBody Result);

/// <summary>What a job made.</summary>
internal sealed record ResultContentBody(string? ImageBase64, string? PromptId, JobOutputBody[] Outputs);
