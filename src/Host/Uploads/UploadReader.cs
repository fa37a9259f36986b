using System.Buffers;
using System.Text;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Host.Settings;
using AkkaComfy.Host.Uploads.Images;
using AkkaComfy.Messages;
using AkkaComfy.Storage;

namespace AkkaComfy.Host.Uploads;

/// <summary>Streams a multipart request into the blob store, checking every image by its content on the way.</summary>
/// <remarks>A refused part is read to its end all the same: only then does the client hear the answer.</remarks>
internal sealed class UploadReader(IBlobStore blobs, UploadLimits limits)
{
    private const int BufferSize = 64 * 1024;
    private const int LongestText = 1_048_576;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="UploadRefusedException">The request as a whole cannot be read.</exception>
    public async Task<Upload> ReadAsync(HttpRequest request, Workflow workflow, CancellationToken cancellationToken)
    {
        var body = MultipartBody.Of(request, limits);
        var upload = new Upload();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (await body.NextAsync(cancellationToken) is { } part)
            {
                if (!seen.Add(part.Name))
                {
                    upload.Refuse(part.Name, $"'{part.Name}' is given more than once");
                    await DrainAsync(part, buffer, cancellationToken);
                }
                else if (!workflow.Inputs.TryGetValue(part.Name, out var input))
                {
                    upload.Fields.Add(part.Name, "");
                    await DrainAsync(part, buffer, cancellationToken);
                }
                else if (input.IsImage)
                {
                    await ReadImageAsync(part, upload, buffer, cancellationToken);
                }
                else
                {
                    await ReadTextAsync(part, upload, buffer, cancellationToken);
                }
            }

            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task ReadImageAsync(
        MultipartBody.Part part, Upload upload, byte[] buffer, CancellationToken cancellationToken)
    {
        var probe = new ImageProbe();
        var writer = blobs.Create();
        try
        {
            var size = 0L;
            while (await part.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                size += read;
                probe.Feed(buffer.AsSpan(0, read));
                if (Problem(probe) is null)
                {
                    await writer.Stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            if ((Problem(probe) ?? probe.Finish()) is { } problem)
            {
                upload.Refuse(part.Name, $"'{part.Name}' {problem}");
                return;
            }

            var facts = probe.Facts!;
            var blob = new BlobRef(default, size, facts.MediaType);
            upload.Add(part.Name, new UploadedImage(new InputValue.Image(blob, facts.Width, facts.Height), writer));
            writer = null;
        }
        finally
        {
            if (writer is not null)
            {
                await writer.DisposeAsync();
            }
        }
    }

    private string? Problem(ImageProbe probe) => probe switch
    {
        { Problem: { } problem } => problem,
        { Facts: { } facts } when facts.Width > limits.MaxSide || facts.Height > limits.MaxSide =>
            $"is {facts.Width}×{facts.Height} pixels; a side may have 1 to {limits.MaxSide} (MAX_IMAGE_SIDE)",
        { Facts: { } facts } when (long)facts.Width * facts.Height > limits.MaxPixels =>
            $"is {facts.Width}×{facts.Height} pixels; at most {limits.MaxMegapixels} megapixels are allowed " +
            "(MAX_IMAGE_MEGAPIXELS)",
        _ => null,
    };

    private static async Task ReadTextAsync(
        MultipartBody.Part part, Upload upload, byte[] buffer, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        while (await part.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (text.Length <= LongestText)
            {
                text.Write(buffer, 0, read);
            }
        }

        if (text.Length > LongestText)
        {
            upload.Refuse(part.Name, $"'{part.Name}' has more than {LongestText} bytes");
            return;
        }

        try
        {
            upload.Fields.Add(part.Name, Utf8.GetString(text.GetBuffer(), 0, (int)text.Length));
        }
        catch (DecoderFallbackException)
        {
            upload.Refuse(part.Name, $"'{part.Name}' is not valid UTF-8");
        }
    }

    private static async Task DrainAsync(MultipartBody.Part part, byte[] buffer, CancellationToken cancellationToken)
    {
        while (await part.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }
}
