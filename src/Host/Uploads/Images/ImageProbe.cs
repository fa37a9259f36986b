namespace AkkaComfy.Host.Uploads.Images;

/// <summary>Follows the bytes of an image as they pass by: what it is, how large, and whether it is whole.</summary>
/// <remarks>
/// A pure state machine: how the bytes are cut into pieces makes no difference, and nothing but headers is kept.
/// <code>
///   signature ──▶ PNG: chunks to IEND | JPEG: markers to EOI | WebP: chunks to the end that RIFF names ──▶ whole
///       └──────────────────────────────────────┴──▶ problem
/// </code>
/// </remarks>
public sealed class ImageProbe
{
    private const int SignatureLength = 12;

    private readonly byte[] _signature = new byte[SignatureLength];
    private int _known;
    private FormatScan? _scan;
    private string? _problem;

    /// <summary>Known as soon as the header has passed.</summary>
    public ImageFacts? Facts => _scan?.Facts;

    /// <summary>Why this is no image that can be used; null so far.</summary>
    public string? Problem => _problem ?? _scan?.Problem;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_scan is null && _problem is null)
        {
            bytes = Recognise(bytes);
        }

        _scan?.Feed(bytes);
    }

    /// <summary>All bytes have passed.</summary>
    /// <returns>Null when the image is whole, else what is wrong with it.</returns>
    public string? Finish() => Problem ?? this switch
    {
        { _known: 0 } => "is empty",
        { _scan: null } => "is not a PNG, JPEG or WebP image",
        { _scan.IsWhole: false } => "is cut off: the image ends before its end",
        _ => null,
    };

    private ReadOnlySpan<byte> Recognise(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(SignatureLength - _known, bytes.Length);
        bytes[..taken].CopyTo(_signature.AsSpan(_known));
        _known += taken;
        if (_known == SignatureLength)
        {
            _scan = ScanFor(_signature);
            _problem = _scan is null ? "is not a PNG, JPEG or WebP image" : null;
            _scan?.Feed(_signature);
        }

        return bytes[taken..];
    }

    private static FormatScan? ScanFor(ReadOnlySpan<byte> signature)
    {
        if (signature.StartsWith(PngScan.Signature))
        {
            return new PngScan();
        }

        if (signature.StartsWith(JpegScan.Signature))
        {
            return new JpegScan();
        }

        return signature.StartsWith("RIFF"u8) && signature[8..].SequenceEqual("WEBP"u8) ? new WebpScan() : null;
    }
}
