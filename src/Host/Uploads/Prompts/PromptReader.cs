using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads.Prompts;

/// <summary>Reads what a client sends with a graph of its own.</summary>
internal sealed class PromptReader(IBlobStore blobs, UploadLimits limits, PromptRules rules)
{
    /// <exception cref="UploadRefusedException">The request as a whole cannot be read, or is not allowed.</exception>
    public async Task<Upload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!rules.Allowed)
        {
            throw new UploadRefusedException(new Problem(
                StatusCodes.Status403Forbidden, "raw_prompts_disabled",
                "Graphs of your own are not accepted here (ALLOW_RAW_PROMPTS); use one of the workflows."));
        }

        if (UploadReader.TypeOf(request) != "application/json")
        {
            throw new UploadRefusedException(new Problem(
                StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type",
                "A graph must come as application/json, and its Content-Type must say so."));
        }

        var upload = new Upload();
        try
        {
            await new PromptUpload(upload, new UploadTools(blobs, limits), blobs, rules)
                .ReadAsync(request.Body, cancellationToken);
            UploadReader.RefuseLinks(upload);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }
}
