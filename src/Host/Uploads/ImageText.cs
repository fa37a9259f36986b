using System.Text;

namespace AkkaComfy.Host.Uploads;

/// <summary>An image given as text, as its pieces pass: base64, with or without a data URI before it, or an address.</summary>
internal sealed class ImageText(string field, Upload upload, ImageIntake intake, UploadMeter meter)
{
    private const int LongestAddress = 4096;
    private const int LongestDataUri = 256;

    private readonly Base64Decoder _decoder = new();
    private readonly List<byte> _head = [];
    private Kind _kind;

    private enum Kind
    {
        Unknown,
        DataUri,
        Base64,
        Address,
        TooLong,
    }

    /// <summary>So many bytes tell an address from an image.</summary>
    public const int Telling = 8;

    /// <summary>Whether the bytes begin as an address on the web does; no image does.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> head) =>
        Ascii.EqualsIgnoreCase(head[..Math.Min(head.Length, 7)], "http://"u8)
        || Ascii.EqualsIgnoreCase(head[..Math.Min(head.Length, 8)], "https://"u8);

    public async ValueTask FeedAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        while (!text.IsEmpty && _kind is not (Kind.Base64 or Kind.TooLong))
        {
            text = text[TakeHead(text.Span)..];
            if (_kind == Kind.Base64)
            {
                await DecodeAsync(_head.ToArray(), cancellationToken);
            }
        }

        if (_kind == Kind.Base64)
        {
            await DecodeAsync(text, cancellationToken);
        }
    }

    /// <summary>The whole text has passed: the upload has one more image, address or problem.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        switch (_kind)
        {
            case Kind.Address:
                upload.Link(field, Encoding.UTF8.GetString([.. _head]));
                return;
            case Kind.TooLong:
                upload.Refuse(field, $"'{field}' is an address of more than {LongestAddress} characters");
                return;
            case Kind.DataUri:
                upload.Refuse(field, $"'{field}' is no data URI of an image: ';base64,' is missing from its beginning");
                return;
            case Kind.Unknown:
                await DecodeAsync(_head.ToArray(), cancellationToken);
                break;
        }

        if (_decoder.Finish() is { } problem)
        {
            upload.Refuse(field, $"'{field}' {problem}");
        }
        else
        {
            intake.Finish(upload, field);
        }
    }

    /// <returns>How much of the text was needed to know more.</returns>
    private int TakeHead(ReadOnlySpan<byte> text)
    {
        var taken = _kind switch
        {
            Kind.Unknown => Math.Min(Telling - _head.Count, text.Length),
            Kind.DataUri => text.IndexOf((byte)',') is >= 0 and var comma ? comma + 1 : text.Length,
            _ => text.Length,
        };
        var before = _kind;
        var longest = _kind == Kind.DataUri ? LongestDataUri : LongestAddress;
        _head.AddRange(text[..Math.Min(taken, longest + 1 - _head.Count)]);
        _kind = _kind switch
        {
            Kind.Unknown when _head.Count == Telling => KindOf([.. _head]),
            Kind.DataUri when EndsDataUri() => Kind.Base64,
            Kind.Address when _head.Count > LongestAddress => Kind.TooLong,
            _ => _kind,
        };
        if (before == Kind.DataUri && _kind == Kind.Base64)
        {
            _head.Clear();
        }

        return taken;
    }

    private bool EndsDataUri() =>
        _head.Count <= LongestDataUri && Encoding.ASCII.GetString([.. _head]).EndsWith(";base64,", StringComparison.OrdinalIgnoreCase);

    private static Kind KindOf(ReadOnlySpan<byte> head) => head switch
    {
        _ when IsAddress(head) => Kind.Address,
        _ when Ascii.EqualsIgnoreCase(head[..5], "data:"u8) => Kind.DataUri,
        _ => Kind.Base64,
    };

    private async ValueTask DecodeAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        while (!text.IsEmpty && _decoder.Problem is null)
        {
            text = text[_decoder.Feed(text.Span)..];
            var plain = _decoder.Take();
            meter.Count(plain.Length);
            await intake.WriteAsync(plain, cancellationToken);
        }
    }
}
