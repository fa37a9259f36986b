using System.Buffers.Binary;

namespace AkkaComfy.ComfyUI;

/// <summary>
/// Passes a PNG on without its text chunks: SaveImage embeds the whole prompt there, the client's own image included;
/// SaveAnimatedPNG has a chunk of ComfyUI's own for that. Anything that is no PNG goes through unchanged.
/// </summary>
/// <remarks><code>
///   signature ─▶ header ─▶ body (passed on or dropped) ─▶ header ─▶ …
///       └── not a PNG: everything is passed on
/// </code></remarks>
public sealed class PngTextFilterStream(Stream target) : Stream
{
    private const int HeaderBytes = 8;
    private const int ChecksumBytes = 4;

    private readonly byte[] _header = new byte[HeaderBytes];
    private int _headerBytes;
    private State _state = State.Signature;
    private long _left;
    private bool _drops;

    private enum State
    {
        Signature,
        Header,
        Body,
        PassOn,
    }

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var (passed, taken) = Next(buffer);
            if (passed.Length > 0)
            {
                await target.WriteAsync(passed, cancellationToken);
            }

            buffer = buffer[taken..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        for (ReadOnlyMemory<byte> left = buffer.AsMemory(offset, count); left.Length > 0;)
        {
            var (passed, taken) = Next(left);
            target.Write(passed.Span);
            left = left[taken..];
        }
    }

    /// <summary>A file that ends in the middle of a header ends so on the other side too.</summary>
    public override void Flush()
    {
        if (_state is State.Signature or State.Header)
        {
            target.Write(_header, 0, _headerBytes);
            _headerBytes = 0;
        }

        target.Flush();
    }

    /// <summary>Not the default, which has another thread do the synchronous one.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_state is State.Signature or State.Header)
        {
            await target.WriteAsync(_header.AsMemory(0, _headerBytes), cancellationToken);
            _headerBytes = 0;
        }

        await target.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>What of the buffer's start is to be passed on, and how much of the buffer that settles.</summary>
    private (ReadOnlyMemory<byte> Passed, int Taken) Next(ReadOnlyMemory<byte> buffer)
    {
        switch (_state)
        {
            case State.PassOn:
                return (buffer, buffer.Length);
            case State.Body:
                var part = (int)Math.Min(_left, buffer.Length);
                _left -= part;
                _state = _left == 0 ? State.Header : State.Body;
                return (_drops ? default : buffer[..part], part);
            default:
                var taken = Math.Min(HeaderBytes - _headerBytes, buffer.Length);
                buffer.Span[..taken].CopyTo(_header.AsSpan(_headerBytes));
                _headerBytes += taken;
                return (_headerBytes == HeaderBytes ? HeaderComplete() : default, taken);
        }
    }

    private ReadOnlyMemory<byte> HeaderComplete()
    {
        _headerBytes = 0;
        if (_state == State.Signature)
        {
            _state = _header.AsSpan().SequenceEqual(Signature) ? State.Header : State.PassOn;
            return _header;
        }

        _drops = IsText(_header.AsSpan(4));
        _left = BinaryPrimitives.ReadUInt32BigEndian(_header) + (long)ChecksumBytes;
        _state = State.Body;
        return _drops ? default : _header;
    }

    private static bool IsText(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("tEXt"u8) || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8)
        || type.SequenceEqual("comf"u8);
}
