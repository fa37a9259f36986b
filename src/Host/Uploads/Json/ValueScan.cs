using System.Buffers;

namespace AkkaComfy.Host.Uploads.Json;

/// <summary>Finds where a JSON value ends, whatever is in it.</summary>
internal struct ValueScan
{
    private static readonly SearchValues<byte> EndsOfScalars = SearchValues.Create(",}] \t\r\n"u8);

    private bool _begun;
    private bool _inString;
    private bool _escaped;
    private int _depth;

    public bool IsOver { get; private set; }

    /// <summary>A number or word ends with the body, too.</summary>
    public readonly bool MayEndHere => _begun && !_inString && _depth == 0;

    /// <returns>How many of the bytes belong to the value.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (_inString)
            {
                TakeInString(bytes[at]);
            }
            else if (_depth == 0 && _begun && EndsOfScalars.Contains(bytes[at]))
            {
                IsOver = true;
                return at;
            }
            else
            {
                TakeOutside(bytes[at]);
            }

            if (IsOver)
            {
                return at + 1;
            }
        }

        return bytes.Length;
    }

    private void TakeInString(byte next)
    {
        if (_escaped)
        {
            _escaped = false;
        }
        else if (next == (byte)'\\')
        {
            _escaped = true;
        }
        else if (next == (byte)'"')
        {
            _inString = false;
            IsOver = _depth == 0;
        }
    }

    private void TakeOutside(byte next)
    {
        _begun = true;
        switch (next)
        {
            case (byte)'"':
                _inString = true;
                break;
            case (byte)'{' or (byte)'[':
                _depth++;
                break;
            case (byte)'}' or (byte)']':
                IsOver = --_depth <= 0;
                break;
        }
    }
}
