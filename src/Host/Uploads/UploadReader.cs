using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Problems;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Uploads.Forms;
using AkkaComfy.Host.Uploads.Json;
using AkkaComfy.Host.Uploads.Links;
using AkkaComfy.Host.Uploads.Multipart;
using AkkaComfy.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace AkkaComfy.Host.Uploads;

/// <summary>Streams a request into the blob store, checking every image by its content on the way.</summary>
internal sealed class UploadReader(IBlobStore blobs, UploadLimits limits, LinkFetcher links)
{
    /// <exception cref="UploadRefusedException">The request as a whole cannot be read.</exception>
    public async Task<Upload> ReadAsync(HttpRequest request, Workflow workflow, CancellationToken cancellationToken)
    {
        var upload = new Upload();
        try
        {
            var tools = new UploadTools(blobs, limits);
            await ReadAsync(request, workflow, upload, tools, cancellationToken);
            await links.FetchAsync(upload, tools, cancellationToken);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    private Task ReadAsync(
        HttpRequest request, Workflow workflow, Upload upload, UploadTools tools, CancellationToken cancellationToken)
    {
        switch (TypeOf(request))
        {
            case "multipart/form-data":
                var body = MultipartBody.Of(request, limits, tools.Meter);
                return new MultipartUpload(workflow, upload, tools).ReadAsync(body, cancellationToken);
            case "application/json":
                return new JsonUpload(workflow, upload, tools).ReadAsync(request.Body, cancellationToken);
            case "application/x-www-form-urlencoded":
                return new FormUpload(workflow, upload, tools).ReadAsync(request, cancellationToken);
            case null when !HasBody(request):
                return Task.CompletedTask;
            default:
                throw new UploadRefusedException(new Problem(
                    StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type",
                    "The inputs must come as multipart/form-data, application/json or "
                    + "application/x-www-form-urlencoded, and their Content-Type must say so."));
        }
    }

    public static string? TypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? type.MediaType.ToString().ToLowerInvariant()
            : null;

    private static bool HasBody(HttpRequest request) =>
        request.ContentType is not null
        || request.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;
}
