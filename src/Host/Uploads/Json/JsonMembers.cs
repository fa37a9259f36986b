using System.Buffers;
using System.Text.Json;
using AkkaComfy.Core.Workflows;

namespace AkkaComfy.Host.Uploads.Json;

/// <summary>The members of a JSON object off a stream, one after the other; of a value, only what is asked for is kept.</summary>
/// <remarks>Each name is followed by exactly one call that takes its value.</remarks>
internal sealed class JsonMembers(Stream body) : IDisposable
{
    private const int LongestName = 1024;
    private const int MostMembers = 100;

    private readonly JsonBytes _bytes = new(body);
    private int _members;
    private bool _first;

    /// <summary>Steps into the object that comes next: the body itself, or the value of a member.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (await _bytes.PeekAsync(cancellationToken) != (byte)'{')
        {
            throw _bytes.Malformed("an object is expected");
        }

        _bytes.Take(1);
        _first = true;
    }

    /// <returns>The next member's name; null at the end of the object, which is stepped out of.</returns>
    public async ValueTask<string?> NextAsync(CancellationToken cancellationToken)
    {
        var next = await _bytes.PeekAsync(cancellationToken);
        if (next == (byte)'}')
        {
            _bytes.Take(1);
            _first = false;
            return null;
        }

        if (!_first)
        {
            await ExpectAsync(',', cancellationToken);
        }

        _first = false;
        if (++_members > MostMembers)
        {
            throw _bytes.Malformed($"it has more than {MostMembers} members");
        }

        if (await _bytes.PeekAsync(cancellationToken) != (byte)'"')
        {
            throw _bytes.Malformed("the name of a member is expected");
        }

        var name = await ReadAsync(LongestName, cancellationToken)
            ?? throw _bytes.Malformed($"the name of a member is longer than {LongestName} bytes");
        await ExpectAsync(':', cancellationToken);
        return Parse(name).GetString()!;
    }

    /// <returns>The first byte of the value, which tells its kind.</returns>
    public async ValueTask<char> KindAsync(CancellationToken cancellationToken) =>
        (char)(await _bytes.PeekAsync(cancellationToken) ?? throw _bytes.CutOff());

    /// <summary>The text of the value, which is a string, in UTF-8 and in pieces that are the caller's until the next.</summary>
    public JsonText Text() => new(_bytes);

    /// <returns>Null for one that is longer; it is taken all the same.</returns>
    /// <param name="longest">In bytes, as it is written.</param>
    public async ValueTask<JsonElement?> ValueAsync(int longest, CancellationToken cancellationToken) =>
        await ReadAsync(longest, cancellationToken) is { } value ? Parse(value) : null;

    public async ValueTask SkipAsync(CancellationToken cancellationToken) => await ReadAsync(0, cancellationToken);

    /// <summary>Nothing may follow.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (await _bytes.PeekAsync(cancellationToken) is not null)
        {
            throw _bytes.Malformed("something follows the end of the object");
        }
    }

    public void Dispose() => _bytes.Dispose();

    private async ValueTask ExpectAsync(char separator, CancellationToken cancellationToken)
    {
        if (await _bytes.PeekAsync(cancellationToken) != (byte)separator)
        {
            throw _bytes.Malformed($"a '{separator}' is expected");
        }

        _bytes.Take(1);
    }

    private JsonElement Parse(ReadOnlyMemory<byte> value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return JsonTexts.AreReadable(document.RootElement)
                ? document.RootElement.Clone()
                : throw _bytes.Malformed("what ends here holds a text that is no Unicode, such as half of a surrogate pair");
        }
        catch (JsonException)
        {
            throw _bytes.Malformed("the value that ends here is no JSON");
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(int longest, CancellationToken cancellationToken)
    {
        var kept = new ArrayBufferWriter<byte>();
        var scan = default(ValueScan);
        var isTooLong = false;
        await _bytes.PeekAsync(cancellationToken);
        while (!scan.IsOver)
        {
            if (!await _bytes.FillAsync(cancellationToken))
            {
                return scan.MayEndHere ? kept.WrittenMemory : throw _bytes.CutOff();
            }

            var taken = scan.Take(_bytes.Available.Span);
            isTooLong |= kept.WrittenCount + taken > longest;
            if (!isTooLong)
            {
                kept.Write(_bytes.Available.Span[..taken]);
            }

            _bytes.Take(taken);
        }

        return isTooLong ? default(ReadOnlyMemory<byte>?) : kept.WrittenMemory;
    }
}
