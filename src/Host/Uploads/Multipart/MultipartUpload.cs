using System.Buffers;
using System.Text;
using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Host.Uploads.Multipart;

/// <summary>Reads a workflow's inputs from the parts of a multipart body, in whatever order they come.</summary>
/// <remarks>A refused part is read to its end all the same: only then does the client hear the answer.</remarks>
internal sealed class MultipartUpload(Workflow workflow, Upload upload, UploadTools tools)
{
    private const int BufferSize = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task ReadAsync(MultipartBody body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await body.NextAsync(cancellationToken) is { } part)
            {
                if (upload.Begin(part.Name, workflow) is not { } input)
                {
                    await DrainAsync(part, buffer, cancellationToken);
                }
                else if (input.IsImage)
                {
                    await ReadImageAsync(part, buffer, cancellationToken);
                }
                else
                {
                    await ReadTextAsync(part, buffer, cancellationToken);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The bytes of an image, or the address of one.</summary>
    private async Task ReadImageAsync(MultipartBody.Part part, byte[] buffer, CancellationToken cancellationToken)
    {
        await using var intake = tools.NewIntake();
        var head = 0;
        while (head < ImageText.Telling && await part.ReadAsync(buffer.AsMemory(head), cancellationToken) is > 0 and var read)
        {
            head += read;
        }

        if (ImageText.IsAddress(buffer.AsSpan(0, head)))
        {
            var text = tools.NewText(part.Name, upload, intake);
            for (var length = head; length > 0; length = await part.ReadAsync(buffer, cancellationToken))
            {
                await text.FeedAsync(buffer.AsMemory(0, length), cancellationToken);
            }

            await text.FinishAsync(cancellationToken);
            return;
        }

        for (var length = head; length > 0; length = await part.ReadAsync(buffer, cancellationToken))
        {
            await intake.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }

        intake.Finish(upload, part.Name);
    }

    private async Task ReadTextAsync(MultipartBody.Part part, byte[] buffer, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        while (await part.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (text.Length <= UploadTools.LongestText)
            {
                text.Write(buffer, 0, read);
            }
        }

        if (text.Length > UploadTools.LongestText)
        {
            upload.Refuse(part.Name, $"'{part.Name}' has more than {UploadTools.LongestText} bytes");
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
