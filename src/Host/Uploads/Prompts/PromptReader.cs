using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Http;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Uploads.Links;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads.Prompts;

/// <summary>Reads what a client sends with a graph of its own.</summary>
internal sealed class PromptReader(
    IBlobStore blobs, UploadLimits limits, PromptRules rules, LinkFetcher links)
{
    /// <exception cref="UploadRefusedException">The request as a whole cannot be read, or is not allowed.</exception>
    public async Task<Upload> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!rules.Allowed || (rules.LocalOnly && !LoopbackOnly.IsLocal(request.HttpContext)))
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
            var tools = new UploadTools(blobs, limits);
            await new PromptUpload(upload, tools, blobs, rules).ReadAsync(request.Body, cancellationToken);
            await links.FetchAsync(upload, tools, cancellationToken);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }
}
