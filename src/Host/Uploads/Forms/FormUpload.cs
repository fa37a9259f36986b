using System.Text;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AkkaComfy.Host.Uploads.Forms;

/// <summary>Reads a workflow's inputs from a small URL-encoded form, which is held whole.</summary>
internal sealed class FormUpload(Workflow workflow, Upload upload, UploadTools tools)
{
    /// <summary>In bytes: images of any size do not come this way.</summary>
    public const int Longest = 2 * 1_048_576;

    private const int MostFields = 100;
    private const int LongestName = 1024;

    public async Task ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var size = request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        if (request.ContentLength > Longest)
        {
            throw TooLarge();
        }

        if (!size.IsReadOnly)
        {
            size.MaxRequestBodySize = Longest;
        }

        var reader = new FormPipeReader(request.BodyReader)
        {
            ValueCountLimit = MostFields, KeyLengthLimit = LongestName, ValueLengthLimit = Longest,
        };
        foreach (var (name, values) in await ReadAsync(reader, cancellationToken))
        {
            foreach (var value in values.OfType<string>())
            {
                if (upload.Begin(name, workflow) is not { } input)
                {
                    continue;
                }

                if (input.IsImage)
                {
                    await using var intake = tools.NewIntake();
                    var text = tools.NewText(name, upload, intake);
                    await text.FeedAsync(Encoding.UTF8.GetBytes(value), cancellationToken);
                    await text.FinishAsync(cancellationToken);
                }
                else
                {
                    upload.Fields.Add(name, value);
                }
            }
        }
    }

    private static async Task<Dictionary<string, StringValues>> ReadAsync(
        FormPipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadFormAsync(cancellationToken);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (InvalidDataException invalid)
        {
            throw new UploadRefusedException(new Problem(
                StatusCodes.Status400BadRequest, "malformed_form",
                $"The form cannot be read: {invalid.Message.TrimEnd('.')}."));
        }
    }

    private static UploadRefusedException TooLarge() => new(new Problem(
        StatusCodes.Status413PayloadTooLarge, "payload_too_large",
        $"A URL-encoded form may have {Longest / 1_048_576} MB; send images as multipart/form-data."));
}
