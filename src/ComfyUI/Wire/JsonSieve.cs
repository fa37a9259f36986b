using System.Buffers;

namespace AkkaComfy.ComfyUI.Wire;

/// <summary>
/// Turns JSON as ComfyUI writes it, in chunks and of any length, into JSON that parses in little memory. Queue,
/// history and errors echo whole base64 inputs: strings past a limit are cut. Python's NaN and Infinity, which no
/// standard parser takes, become null.
/// </summary>
internal sealed class JsonSieve(int maxStringBytes)
{
    private static readonly SearchValues<byte> Notable = SearchValues.Create("\"NI-"u8);

    private State _state;
    private int _kept;
    private int _hexLeft;

    private enum State
    {
        Outside,
        Minus,
        Word,
        Text,
        Escape,
        Hex,
        Cut,
        CutEscape,
    }

    public void Write(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        while (!chunk.IsEmpty)
        {
            chunk = chunk[Step(chunk, output)..];
        }
    }

    /// <summary>Deals with the first bytes of a chunk and says how many.</summary>
    private int Step(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output) => _state switch
    {
        State.Outside => Outside(chunk, output),
        State.Minus => Minus(chunk, output),
        State.Word => Word(chunk),
        State.Text => Text(chunk, output),
        State.Escape => Escape(chunk, output),
        State.Hex => Hex(chunk, output),
        State.Cut => Cut(chunk, output),
        _ => Enter(State.Cut, 1),
    };

    private int Outside(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        var plain = chunk.IndexOfAny(Notable);
        if (plain < 0)
        {
            plain = chunk.Length;
        }

        output.Write(chunk[..plain]);
        if (plain == chunk.Length)
        {
            return plain;
        }

        switch (chunk[plain])
        {
            case (byte)'"':
                output.Write("\""u8);
                _kept = 0;
                return Enter(State.Text, plain + 1);
            case (byte)'-':
                return Enter(State.Minus, plain + 1);
            default:
                output.Write("null"u8);
                return Enter(State.Word, plain + 1);
        }
    }

    private int Minus(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        var infinite = chunk[0] == (byte)'I';
        output.Write(infinite ? "null"u8 : "-"u8);
        return infinite ? Enter(State.Word, 1) : Enter(State.Outside, 0);
    }

    private int Word(ReadOnlySpan<byte> chunk) =>
        char.IsAsciiLetter((char)chunk[0]) ? 1 : Enter(State.Outside, 0);

    private int Text(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        var insideCharacter = (chunk[0] & 0xC0) == 0x80;
        if (_kept >= maxStringBytes && !insideCharacter)
        {
            return Enter(State.Cut, 0);
        }

        var plain = chunk.IndexOfAny((byte)'"', (byte)'\\');
        if (plain < 0)
        {
            plain = chunk.Length;
        }

        var take = Math.Min(Math.Max(plain, 1), Math.Max(maxStringBytes - _kept, 1));
        output.Write(chunk[..take]);
        _kept += take;
        return plain > 0 ? take : Enter(chunk[0] == (byte)'"' ? State.Outside : State.Escape, 1);
    }

    private int Escape(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        output.Write(chunk[..1]);
        _kept++;
        _hexLeft = 4;
        return Enter(chunk[0] == (byte)'u' ? State.Hex : State.Text, 1);
    }

    private int Hex(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        var take = Math.Min(_hexLeft, chunk.Length);
        output.Write(chunk[..take]);
        _kept += take;
        _hexLeft -= take;
        return _hexLeft > 0 ? take : Enter(State.Text, take);
    }

    private int Cut(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        var skipped = chunk.IndexOfAny((byte)'"', (byte)'\\');
        if (skipped < 0)
        {
            return chunk.Length;
        }

        if (chunk[skipped] == (byte)'\\')
        {
            return Enter(State.CutEscape, skipped + 1);
        }

        output.Write("\""u8);
        return Enter(State.Outside, skipped + 1);
    }

    private int Enter(State next, int taken)
    {
        _state = next;
        return taken;
    }
}
