using System.Buffers;
using AkkaComfy.Host.Problems;

namespace AkkaComfy.Host.Uploads.Json;

/// <summary>The bytes of a JSON body, a buffer at a time.</summary>
internal sealed class JsonBytes(Stream body) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private long _before;
    private int _at;
    private int _end;

    /// <summary>What has come and is not taken yet.</summary>
    public ReadOnlyMemory<byte> Available => _buffer.AsMemory(_at, _end - _at);

    public void Take(int count) => _at += count;

    /// <returns>False at the body's end; else something is available.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_at == _end)
        {
            _before += _end;
            (_at, _end) = (0, 0);
            _end = await body.ReadAsync(_buffer, cancellationToken);
        }

        return _at < _end;
    }

    /// <summary>Takes white space.</summary>
    /// <returns>The byte after it, not taken; null at the body's end.</returns>
    public async ValueTask<byte?> PeekAsync(CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            var space = Available.Span.IndexOfAnyExcept(" \t\r\n"u8);
            _at = space < 0 ? _end : _at + space;
            if (space >= 0)
            {
                return _buffer[_at];
            }
        }

        return null;
    }

    /// <summary>Takes the next byte, white space or not.</summary>
    public async ValueTask<byte> NextAsync(CancellationToken cancellationToken) =>
        await FillAsync(cancellationToken) ? _buffer[_at++] : throw CutOff();

    public UploadRefusedException CutOff() => Malformed("it ends in the midst of a value");

    public UploadRefusedException Malformed(string what) => new(new Problem(
        StatusCodes.Status400BadRequest, "malformed_json",
        $"The JSON body cannot be read: {what}, at byte {_before + _at + 1}."));

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
