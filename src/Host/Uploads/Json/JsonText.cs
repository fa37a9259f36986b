using System.Buffers;
using System.Text;

namespace AkkaComfy.Host.Uploads.Json;

/// <summary>The text of one JSON string, as long as it may be, in pieces.</summary>
internal sealed class JsonText(JsonBytes bytes)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(control => (byte)control)]);

    private readonly byte[] _escaped = new byte[4];
    private int _pending;
    private bool _isOpen;
    private bool _isOver;

    /// <returns>In UTF-8, the caller's until the next call; empty at the end.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        bytes.Take(_pending);
        _pending = 0;
        await OpenAsync(cancellationToken);
        while (!_isOver)
        {
            if (!await bytes.FillAsync(cancellationToken))
            {
                throw bytes.CutOff();
            }

            var run = bytes.Available.Span.IndexOfAny(Special);
            if (run != 0)
            {
                _pending = run < 0 ? bytes.Available.Length : run;
                return bytes.Available[.._pending];
            }

            if (await SpecialAsync(cancellationToken) is { IsEmpty: false } piece)
            {
                return piece;
            }
        }

        return default;
    }

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await bytes.PeekAsync(cancellationToken);
            await bytes.NextAsync(cancellationToken);
            _isOpen = true;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> SpecialAsync(CancellationToken cancellationToken)
    {
        switch (await bytes.NextAsync(cancellationToken))
        {
            case (byte)'"':
                _isOver = true;
                return default;
            case (byte)'\\':
                var rune = await UnescapeAsync(cancellationToken);
                return _escaped.AsMemory(0, rune.EncodeToUtf8(_escaped));
            default:
                throw bytes.Malformed("a control character stands in a string");
        }
    }

    /// <summary>Half a surrogate pair becomes the replacement character: no image's text holds either half.</summary>
    private async ValueTask<Rune> UnescapeAsync(CancellationToken cancellationToken)
    {
        switch (await bytes.NextAsync(cancellationToken))
        {
            case (byte)'u':
                var unit = 0;
                for (var digit = 0; digit < 4; digit++)
                {
                    unit = (unit * 16) + HexOf(await bytes.NextAsync(cancellationToken));
                }

                return Rune.TryCreate((char)unit, out var rune) ? rune : Rune.ReplacementChar;
            case (byte)'n':
                return new Rune('\n');
            case (byte)'r':
                return new Rune('\r');
            case (byte)'t':
                return new Rune('\t');
            case (byte)'b':
                return new Rune('\b');
            case (byte)'f':
                return new Rune('\f');
            case var itself and ((byte)'"' or (byte)'\\' or (byte)'/'):
                return new Rune(itself);
            default:
                throw bytes.Malformed("a string holds an escape that JSON does not know");
        }
    }

    private int HexOf(byte digit) => char.IsAsciiHexDigit((char)digit)
        ? Convert.ToInt32(((char)digit).ToString(), 16)
        : throw bytes.Malformed("a string holds an escape that JSON does not know");
}
