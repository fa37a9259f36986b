using System.Net;
using System.Net.Http.Headers;

namespace AkkaComfy.ComfyUI.Http;

/// <summary>
/// The body of POST /prompt: the envelope from memory, with the files streamed into its gaps as base64. Its length is
/// known beforehand, and it knows whether it was handed over whole: only then can the prompt have been queued.
/// </summary>
internal sealed class PromptContent : HttpContent
{
    private readonly PromptEnvelope _envelope;
    private readonly long _length;

    public PromptContent(PromptRequest request)
    {
        _envelope = PromptEnvelope.Of(request);
        _length = _envelope.Json.Length + _envelope.Gaps.Sum(gap => Base64Stream.EncodedLength(gap.File.Length));
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool HandedOver { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var (at, file) in _envelope.Gaps)
        {
            await stream.WriteAsync(_envelope.Json[written..at], cancellationToken);
            written = at;
            await InputFile.CopyAsync(
                $"input {file.Input} of node {file.NodeId}",
                file.Length,
                file.Open,
                source => Base64Stream.EncodeAsync(source, stream, file.Length, cancellationToken),
                cancellationToken);
        }

        HandedOver = true;
        await stream.WriteAsync(_envelope.Json[written..], cancellationToken);
    }
}
