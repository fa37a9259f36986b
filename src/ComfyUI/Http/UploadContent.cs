using System.Net;
using System.Net.Http.Headers;

namespace AkkaComfy.ComfyUI.Http;

/// <summary>The multipart body of an upload, with the file streamed.</summary>
internal static class UploadContent
{
    /// <exception cref="ArgumentException">A name that would need an encoding which ComfyUI does not undo.</exception>
    public static MultipartFormDataContent Of(ImageUpload upload)
    {
        var file = new FileContent(upload);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(upload.MediaType);
        file.Headers.ContentDisposition = Named("image", upload.Name);
        var form = new MultipartFormDataContent { file };
        if (upload.Subfolder.Length > 0)
        {
            form.Add(Text("subfolder", upload.Subfolder));
        }

        form.Add(Text("type", "input"));
        return form;
    }

    private static StringContent Text(string name, string value)
    {
        var text = new StringContent(value);
        text.Headers.ContentType = null;
        text.Headers.ContentDisposition = Named(name, null);
        return text;
    }

    private static ContentDispositionHeaderValue Named(string name, string? file)
    {
        var header = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
        if (file is not null)
        {
            header.FileName = file.Length > 0 && file.All(c => c is > ' ' and < '\x7f' and not ('"' or '\\' or '/'))
                ? $"\"{file}\""
                : throw new ArgumentException($"'{file}' is no plain file name.", nameof(file));
        }

        return header;
    }

    private sealed class FileContent(ImageUpload upload) : HttpContent
    {
        protected override bool TryComputeLength(out long length)
        {
            length = upload.Length;
            return true;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken) => InputFile.CopyAsync(
                $"upload {upload.Name}",
                upload.Length,
                upload.Open,
                source => CopyAsync(source, stream, upload.Length, cancellationToken),
                cancellationToken);

        private static async Task<long> CopyAsync(Stream source, Stream target, long expected, CancellationToken ct)
        {
            var chunk = new byte[64 << 10];
            long total = 0;
            while (await source.ReadAsync(chunk, ct) is var read and > 0 && (total += read) <= expected)
            {
                await target.WriteAsync(chunk.AsMemory(0, read), ct);
            }

            return total;
        }
    }
}
