using System.Buffers;
using System.Buffers.Text;

namespace AkkaComfy.Host.Uploads;

/// <summary>Decodes base64 piece by piece; white space is skipped, anything else that does not belong is told by place.</summary>
/// <remarks>Fed and emptied in turns: what was decoded is the caller's until it feeds again.</remarks>
internal sealed class Base64Decoder
{
    private const int Capacity = 16 * 1024;
    private const int GroupChars = 4;

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    private readonly byte[] _coded = new byte[Capacity];
    private readonly byte[] _plain = new byte[Capacity / GroupChars * 3];
    private int _count;
    private long _position;
    private int _padding;

    /// <summary>Why the text is no base64; null so far.</summary>
    public string? Problem { get; private set; }

    /// <returns>How many characters were taken: fewer than given where <see cref="Take"/> must make room.</returns>
    public int Feed(ReadOnlySpan<byte> text)
    {
        var before = _position;
        while (Problem is null && _count < Capacity && !text.IsEmpty)
        {
            var foreign = text.IndexOfAnyExcept(Alphabet);
            var run = Math.Min(foreign < 0 ? text.Length : foreign, Capacity - _count);
            if (run == 0)
            {
                TakeForeign(text[0]);
                run = 1;
            }
            else
            {
                TakeRun(text[..run]);
            }

            _position += run;
            text = text[run..];
        }

        return (int)(_position - before);
    }

    /// <summary>What whole groups have come since the last time, decoded.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        if (Problem is not null)
        {
            return default;
        }

        var whole = _count / GroupChars * GroupChars;
        Base64.DecodeFromUtf8(_coded.AsSpan(0, whole), _plain, out _, out var written);
        _coded.AsSpan(whole, _count - whole).CopyTo(_coded);
        _count -= whole;
        return _plain.AsMemory(0, written);
    }

    /// <summary>All text has passed, and all that was decoded is taken.</summary>
    /// <returns>Null when it was base64 to its end, else what is wrong with it.</returns>
    public string? Finish() => Problem ??= _count == 0
        ? null
        : $"is no base64: it ends after {_position} characters in the midst of a group of four";

    private void TakeRun(ReadOnlySpan<byte> run)
    {
        if (_padding > 0)
        {
            Problem = $"is no base64: it goes on after its padding, at character {_position + 1}";
            return;
        }

        run.CopyTo(_coded.AsSpan(_count));
        _count += run.Length;
    }

    private void TakeForeign(byte character)
    {
        if (character == (byte)'=' && _count % GroupChars >= 2)
        {
            _coded[_count++] = character;
            _padding++;
        }
        else if (character is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            Problem = $"is no base64: {Shown(character)} at character {_position + 1}";
        }
    }

    private static string Shown(byte character) =>
        character is > (byte)' ' and < 0x7F ? $"'{(char)character}'" : $"a byte 0x{character:X2}";
}
