namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>What is known of a file so far, as its segments come.</summary>
internal sealed class JpegDecoding(long maxPixels)
{
    /// <summary>Each scan of a progressive file may visit every block for a few bytes: more are refused.</summary>
    private const int MaxScans = 500;

    private const int ExifHeaderLength = 6;
    private const byte AdobeYcck = 2;

    private readonly JpegTables _tables = new();
    private JpegFrame? _frame;
    private int _scans;
    private bool _ended;
    private bool _jfif;
    private byte? _adobeTransform;
    private Orientation? _orientation;

    /// <summary>A progressive picture may be refined until the file ends.</summary>
    public bool Complete => _frame is not null && AllDecoded && (_ended || !_frame.Progressive);

    private bool AllDecoded => Array.TrueForAll(_frame!.Components, component => component.Decoded);

    public void Define(byte marker, ReadOnlySpan<byte> segment)
    {
        if (JpegMarker.UnsupportedFrame(marker) is { } kind)
        {
            throw new UnsupportedImageException($"{kind} JPEG is not supported: only sequential and progressive JPEG");
        }

        switch (marker)
        {
            case JpegMarker.BaselineFrame or JpegMarker.ExtendedFrame or JpegMarker.ProgressiveFrame:
                Begin(segment, marker == JpegMarker.ProgressiveFrame);
                break;
            case JpegMarker.QuantisationTables: _tables.ReadQuantisation(segment); break;
            case JpegMarker.HuffmanTables: _tables.ReadHuffman(segment); break;
            case JpegMarker.RestartInterval: _tables.ReadRestartInterval(segment); break;
            case JpegMarker.App0: _jfif |= segment.StartsWith("JFIF\0"u8); break;
            case JpegMarker.App1 when segment.StartsWith("Exif\0\0"u8):
                _orientation ??= ExifOrientation.Of(segment[ExifHeaderLength..]);
                break;
            case JpegMarker.App14 when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                _adobeTransform = segment[11];
                break;
        }
    }

    /// <summary>Returns where the scan's data end.</summary>
    public int Scan(ReadOnlySpan<byte> file, ReadOnlySpan<byte> segment, int start)
    {
        var frame = _frame ?? throw new CorruptImageException("the JPEG has pixel data before its frame header");
        var header = JpegScanHeader.Parse(segment, frame, _tables);
        if (++_scans > MaxScans)
        {
            throw new UnsupportedImageException($"JPEG of more than {MaxScans} scans is not supported");
        }

        if (frame.Progressive && _scans == 1)
        {
            // Every block's constant takes a bit at least, so all of them must fit into what is left of the file.
            frame.CheckHolds(frame.Components.Sum(component => component.Blocks), file.Length - start);
        }

        JpegBlocks blocks = frame.Progressive ? ProgressiveBlocks.Of(header) : new SequentialBlocks();
        return new JpegScan(frame, header.Components, _tables.RestartInterval, blocks).Decode(file, start);
    }

    public void End()
    {
        _ended = true;
        if (!Complete)
        {
            throw new CorruptImageException("the JPEG file ends before its picture does");
        }
    }

    public DecodedImage Finish()
    {
        if (_frame!.Progressive)
        {
            foreach (var component in _frame.Components)
            {
                ProgressiveBlocks.Render(component);
            }
        }

        return new DecodedImage(JpegColours.Combine(_frame, IsTransformed(_frame)), _orientation ?? Orientation.Upright);
    }

    private void Begin(ReadOnlySpan<byte> segment, bool progressive)
    {
        if (_frame is not null)
        {
            throw new CorruptImageException("the JPEG has two frame headers");
        }

        _frame = JpegFrame.Parse(segment, progressive, maxPixels);
    }

    /// <summary>Whether the colours are YCbCr: as Adobe's marker says, or JFIF implies, or the ids tell.</summary>
    private bool IsTransformed(JpegFrame frame) => frame.Components.Length switch
    {
        1 => false,
        4 => _adobeTransform == AdobeYcck,
        _ when _adobeTransform is { } transform => transform != 0,
        _ => _jfif || !frame.Components.Select(c => c.Id).SequenceEqual("RGB"u8.ToArray()),
    };
}
