using System.Net;

namespace AkkaComfy.ComfyUI.Http;

/// <summary>A body that tells whenever its receiver has taken some of it.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent _body;
    private readonly Action _taken;

    public WatchedContent(HttpContent body, Action taken)
    {
        (_body, _taken) = (body, taken);
        foreach (var header in body.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var watched = new WatchedStream(stream, _taken);
        await _body.CopyToAsync(watched, context, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
