using System.Net;
using System.Net.Http.Headers;

namespace AkkaComfy.Host.Commands.Client;

/// <summary>A file to upload that tells how much of it has been sent.</summary>
internal sealed class ProgressContent : HttpContent
{
    private const int Piece = 64 * 1024;

    private readonly FileStream _file;
    private readonly Action<double> _sent;

    /// <param name="sent">Hears the share sent so far, 0 to 1.</param>
    public ProgressContent(string path, Action<double> sent)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Piece, useAsync: true);
        _sent = sent;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = new byte[Piece];
        _file.Position = 0;
        for (int read; (read = await _file.ReadAsync(piece, cancellationToken)) > 0;)
        {
            await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken);
            _sent(_file.Position / (double)_file.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
