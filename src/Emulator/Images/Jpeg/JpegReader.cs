using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>Reads sequential Huffman-coded JPEG files (baseline and extended, 8 bits), grey or colour.</summary>
public static class JpegReader
{
    public static Picture Read(ReadOnlySpan<byte> file, long maxPixels = Picture.MaxPixels)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[JpegMarker.Prefix, JpegMarker.Start]))
        {
            throw new CorruptImageException("the file does not start with the JPEG signature");
        }

        var decoding = new Decoding(maxPixels);
        var position = 2;
        while (!decoding.Complete)
        {
            var marker = NextMarker(file, ref position);
            if (marker == JpegMarker.End)
            {
                throw new CorruptImageException("the JPEG file ends before its picture does");
            }

            if (JpegMarker.StandsAlone(marker))
            {
                continue;
            }

            var segment = Segment(file, ref position);
            if (marker == JpegMarker.Scan)
            {
                position = decoding.Scan(file, segment, position);
            }
            else
            {
                decoding.Define(marker, segment);
            }
        }

        return decoding.Finish();
    }

    private static byte NextMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (position + 1 < file.Length)
        {
            var (prefix, marker) = (file[position], file[position + 1]);
            if (prefix == JpegMarker.Prefix && marker is not (0 or JpegMarker.Prefix))
            {
                position += 2;
                return marker;
            }

            position++;
        }

        throw Truncated();
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> file, ref int position)
    {
        if (position + 2 > file.Length)
        {
            throw Truncated();
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
        if (length < 2)
        {
            throw new CorruptImageException($"a JPEG segment claims a length of {length}");
        }

        if (position + length > file.Length)
        {
            throw Truncated();
        }

        var segment = file.Slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    private static CorruptImageException Truncated() => new("the JPEG file is truncated");

    /// <summary>What is known of the file so far.</summary>
    private sealed class Decoding(long maxPixels)
    {
        private readonly JpegTables _tables = new();
        private JpegFrame? _frame;
        private bool _jfif;
        private byte? _adobeTransform;

        public bool Complete => _frame is not null && Array.TrueForAll(_frame.Components, c => c.Decoded);

        public void Define(byte marker, ReadOnlySpan<byte> segment)
        {
            if (JpegMarker.UnsupportedFrame(marker) is { } kind)
            {
                throw new UnsupportedImageException($"{kind} JPEG is not supported: only baseline and sequential JPEG");
            }

            switch (marker)
            {
                case JpegMarker.BaselineFrame or JpegMarker.ExtendedFrame: Begin(segment); break;
                case JpegMarker.QuantisationTables: _tables.ReadQuantisation(segment); break;
                case JpegMarker.HuffmanTables: _tables.ReadHuffman(segment); break;
                case JpegMarker.RestartInterval: _tables.ReadRestartInterval(segment); break;
                case JpegMarker.App0: _jfif |= segment.StartsWith("JFIF\0"u8); break;
                case JpegMarker.App14 when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                    _adobeTransform = segment[11];
                    break;
            }
        }

        /// <summary>Returns where the scan's data end.</summary>
        public int Scan(ReadOnlySpan<byte> file, ReadOnlySpan<byte> segment, int start)
        {
            var frame = _frame ?? throw new CorruptImageException("the JPEG has pixel data before its frame header");
            if (segment.IsEmpty || segment[0] is 0 or > 4 || segment.Length != 4 + (2 * segment[0]))
            {
                throw new CorruptImageException("a JPEG scan header is malformed");
            }

            var scanned = new List<JpegScanComponent>();
            for (var i = 0; i < segment[0]; i++)
            {
                scanned.Add(ScanComponent(frame, segment[1 + (2 * i)], segment[2 + (2 * i)]));
            }

            if (scanned.DistinctBy(s => s.Component.Id).Count() != scanned.Count)
            {
                throw new CorruptImageException("a JPEG scan names a component twice");
            }

            return new JpegScan(frame, scanned, _tables.RestartInterval).Decode(file, start);
        }

        public Picture Finish() => JpegColours.Combine(_frame!, IsTransformed(_frame!));

        private void Begin(ReadOnlySpan<byte> segment)
        {
            if (_frame is not null)
            {
                throw new CorruptImageException("the JPEG has two frame headers");
            }

            _frame = JpegFrame.Parse(segment, maxPixels);
        }

        private JpegScanComponent ScanComponent(JpegFrame frame, byte id, byte tables)
        {
            var component = Array.Find(frame.Components, c => c.Id == id)
                ?? throw new CorruptImageException($"a JPEG scan names component {id}, which the frame lacks");
            if (component.Decoded)
            {
                throw new CorruptImageException($"the JPEG codes component {id} twice");
            }

            var steps = _tables.Quantisation(component.Quantisation);
            return new JpegScanComponent(component, _tables.Dc(tables >> 4), _tables.Ac(tables & 15), steps);
        }

        /// <summary>Whether three components are YCbCr: as Adobe's marker says, or JFIF implies, or the ids tell.</summary>
        private bool IsTransformed(JpegFrame frame)
        {
            if (frame.Components.Length != 3)
            {
                return false;
            }

            if (_adobeTransform is { } transform)
            {
                return transform != 0;
            }

            return _jfif || !frame.Components.Select(c => c.Id).SequenceEqual("RGB"u8.ToArray());
        }
    }
}
