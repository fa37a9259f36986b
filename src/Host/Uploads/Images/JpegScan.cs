using System.Buffers.Binary;

namespace AkkaComfy.Host.Uploads.Images;

/// <summary>Walks the markers of a JPEG from SOI to EOI, through the coded data between them.</summary>
internal sealed class JpegScan : FormatScan
{
    private const byte MarkerPrefix = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    private Stage _stage = Stage.Start;
    private byte _marker;
    private int _restOfFrame;
    private bool _prefixed;
    private bool _hasScan;

    public JpegScan() => Next(2);

    private enum Stage
    {
        Start,
        Prefix,
        Marker,
        Length,
        Frame,
        Coded,
    }

    public static ReadOnlySpan<byte> Signature => [MarkerPrefix, 0xD8, MarkerPrefix];

    protected override void OnHeader(ReadOnlySpan<byte> header)
    {
        switch (_stage)
        {
            case Stage.Start:
                Expect(Stage.Prefix, 1);
                break;
            case Stage.Prefix when header[0] == MarkerPrefix:
                Expect(Stage.Marker, 1);
                break;
            case Stage.Prefix:
                Fail("is a broken JPEG: a marker is missing");
                break;
            case Stage.Marker when header[0] == MarkerPrefix:
                Expect(Stage.Marker, 1);
                break;
            case Stage.Marker:
                OnMarker(header[0]);
                break;
            case Stage.Length:
                OnLength(BinaryPrimitives.ReadUInt16BigEndian(header));
                break;
            case Stage.Frame:
                OnFrame(header);
                break;
        }
    }

    /// <summary>In coded data, 0xFF before 0 or a restart code is data; before anything else it is a marker.</summary>
    protected override int ScanData(ReadOnlySpan<byte> bytes)
    {
        if (!_prefixed)
        {
            var prefix = bytes.IndexOf(MarkerPrefix);
            _prefixed = prefix >= 0;
            return _prefixed ? prefix + 1 : bytes.Length;
        }

        if (bytes[0] != MarkerPrefix)
        {
            _prefixed = false;
            if (bytes[0] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                OnMarker(bytes[0]);
            }
        }

        return 1;
    }

    private void OnMarker(byte marker)
    {
        _marker = marker;
        switch (marker)
        {
            case EndOfImage when Facts is null || !_hasScan:
                Fail("is a broken JPEG: it has no image data");
                break;
            case EndOfImage:
                Complete();
                break;
            case 0x01 or (>= 0xD0 and <= 0xD7):
                Expect(Stage.Prefix, 1);
                break;
            case < 0xC0 or 0xD8:
                Fail($"is a broken JPEG: marker {marker:X2} does not belong there");
                break;
            default:
                Expect(Stage.Length, 2);
                break;
        }
    }

    private void OnLength(ushort length)
    {
        const int lengthItself = 2;
        const int frameStart = 5;
        if (length < lengthItself || (IsFrame(_marker) && length < lengthItself + frameStart))
        {
            Fail("is a broken JPEG: a segment states an impossible length");
        }
        else if (IsFrame(_marker))
        {
            _restOfFrame = length - lengthItself - frameStart;
            Expect(Stage.Frame, frameStart);
        }
        else if (_marker == StartOfScan)
        {
            _hasScan = true;
            Expect(Stage.Coded, 0, length - lengthItself);
        }
        else
        {
            Expect(Stage.Prefix, 1, length - lengthItself);
        }
    }

    private void OnFrame(ReadOnlySpan<byte> header)
    {
        var height = BinaryPrimitives.ReadUInt16BigEndian(header[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        Found("image/jpeg", width, height);
        Expect(Stage.Prefix, 1, _restOfFrame);
    }

    /// <summary>SOF0 to SOF15 without DHT, JPG and DAC, which stand among them.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private void Expect(Stage stage, int want, long skip = 0)
    {
        _stage = stage;
        Next(want, skip);
    }
}
