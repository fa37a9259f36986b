using System.Buffers;
using System.Net.WebSockets;
using AkkaComfy.ComfyUI.Wire;

namespace AkkaComfy.ComfyUI;

/// <summary>Puts the fragments of a frame together, within a limit of size, and reads the whole.</summary>
internal sealed class FrameAssembler(int maxMessageBytes, int maxStringBytes)
{
    private const int UsualBytes = 64 << 10;

    private ArrayBufferWriter<byte> _kept = new();
    private JsonSieve _sieve = new(maxStringBytes);
    private bool _tooLarge;

    /// <summary>The message, once its last fragment is in.</summary>
    public ComfyMessage? Add(ReadOnlySpan<byte> fragment, WebSocketMessageType type, bool last)
    {
        if (!_tooLarge && type is WebSocketMessageType.Text)
        {
            _sieve.Write(fragment, _kept);
        }
        else if (!_tooLarge)
        {
            _kept.Write(fragment);
        }

        _tooLarge |= _kept.WrittenCount > maxMessageBytes;
        if (_tooLarge)
        {
            _kept.ResetWrittenCount();
        }

        return last ? Whole(type) : null;
    }

    private ComfyMessage Whole(WebSocketMessageType type)
    {
        var message = _tooLarge
            ? new ComfyMessage.Unknown(type.ToString().ToLowerInvariant(), $"larger than {maxMessageBytes} bytes")
            : type is WebSocketMessageType.Text
                ? MessageReader.Read(_kept.WrittenMemory)
                : BinaryFrameReader.Read(_kept.WrittenSpan);
        if (_kept.Capacity > UsualBytes)
        {
            _kept = new ArrayBufferWriter<byte>();
        }

        _kept.ResetWrittenCount();
        _sieve = new JsonSieve(maxStringBytes);
        _tooLarge = false;
        return message;
    }
}
