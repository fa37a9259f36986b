using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Host.Endpoints.Bodies;
using AkkaComfy.Host.Http;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Endpoints;

/// <summary>A completed job's result, its first image inline and streamed: memory does not grow with it.</summary>
internal sealed class ResultAnswer(Job job, JobOutput? image, Stream? bytes, DateTimeOffset now) : IResult
{
    /// <summary>A multiple of three, so that each piece encodes without padding.</summary>
    private const int Piece = 48 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var owned = bytes;
        var (json, split) = Envelope();
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = json.Length + (bytes is null ? 0 : EncodedLength(bytes.Length));
        await response.Body.WriteAsync(json[..split], httpContext.RequestAborted);
        if (bytes is not null)
        {
            await EncodeAsync(bytes, response.Body, httpContext.RequestAborted);
        }

        await response.Body.WriteAsync(json[split..], httpContext.RequestAborted);
    }

    private static long EncodedLength(long length) => (length + 2) / 3 * 4;

    private static async Task EncodeAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var raw = ArrayPool<byte>.Shared.Rent(Piece);
        var encoded = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(Piece));
        try
        {
            int read;
            do
            {
                read = await from.ReadAtLeastAsync(
                    raw.AsMemory(0, Piece), Piece, throwOnEndOfStream: false, cancellationToken);
                Base64.EncodeToUtf8(raw.AsSpan(0, read), encoded, out _, out var written);
                await to.WriteAsync(encoded.AsMemory(0, written), cancellationToken);
            }
            while (read == Piece);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    /// <summary>Everything but the image, and where in it the image's base64 belongs.</summary>
    private (ReadOnlyMemory<byte> Json, int Split) Envelope()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var split = 0;
        using (var json = new Utf8JsonWriter(buffer, Json.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("job_id", job.Id.ToString());
            json.WriteString("status", SnakeCase.Of(job.Phase));
            json.WriteString("type", job.Workflow.Value);
            json.WriteNumber("processing_time_seconds", JobBodies.ProcessingSeconds(job, now) ?? 0);
            json.WriteString("comfyui_instance", job.LastAttempt?.On.Value);
            json.WriteStartObject("result");
            if (image is null)
            {
                json.WriteNull("image_base64");
            }
            else
            {
                json.WriteString("image_base64", $"data:{image.Blob.MediaType};base64,");
                split = (int)(json.BytesCommitted + json.BytesPending) - 1;
            }

            json.WriteString("prompt_id", job.LastAttempt?.PromptId.Value);
            WriteOutputs(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return (buffer.WrittenMemory, split);
    }

    private void WriteOutputs(Utf8JsonWriter json)
    {
        json.WriteStartArray("outputs");
        foreach (var output in job.Outputs)
        {
            json.WriteStartObject();
            json.WriteNumber("index", output.Index);
            json.WriteString("node_id", output.NodeId);
            json.WriteString("kind", output.Kind);
            json.WriteString("filename", output.FileName);
            json.WriteString("media_type", output.Blob.MediaType);
            json.WriteNumber("size", output.Blob.Size);
            json.WriteString("url", Routes.Output(job.Id, output.Index));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
