using System.Buffers.Binary;

namespace AkkaComfy.Emulator.Images;

/// <summary>Reads the orientation from EXIF data; whatever is wrong with them, the picture is taken as it lies.</summary>
internal static class ExifOrientation
{
    private const int HeaderLength = 8;
    private const int EntryLength = 12;
    private const int Tag = 0x0112;
    private const int Byte = 1;
    private const int Short = 3;
    private const int Long = 4;

    /// <param name="exif">A TIFF header in either byte order, and what follows it.</param>
    public static Orientation Of(ReadOnlySpan<byte> exif)
    {
        var littleEndian = exif.StartsWith("II*\0"u8);
        if (exif.Length < HeaderLength || !(littleEndian || exif.StartsWith("MM\0*"u8)))
        {
            return Orientation.Upright;
        }

        var start = Number(exif[4..], 4, littleEndian);
        if (start > exif.Length - 2)
        {
            return Orientation.Upright;
        }

        var entries = exif[(int)start..];
        var count = Number(entries, 2, littleEndian);
        entries = entries[2..];
        for (; count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            if (Number(entries, 2, littleEndian) == Tag)
            {
                return Named(Value(entries, littleEndian));
            }
        }

        return Orientation.Upright;
    }

    /// <summary>The one number of an entry; 0 where it is none.</summary>
    private static uint Value(ReadOnlySpan<byte> entry, bool littleEndian)
    {
        var (type, count) = (Number(entry[2..], 2, littleEndian), Number(entry[4..], 4, littleEndian));
        return (type, count) switch
        {
            (Byte, 1) => entry[8],
            (Short, 1) => Number(entry[8..], 2, littleEndian),
            (Long, 1) => Number(entry[8..], 4, littleEndian),
            _ => 0,
        };
    }

    private static Orientation Named(uint value) =>
        value is > (uint)Orientation.Upright and <= (uint)Orientation.QuarterTurnBack
            ? (Orientation)value
            : Orientation.Upright;

    private static uint Number(ReadOnlySpan<byte> at, int length, bool littleEndian) => (length, littleEndian) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(at),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(at),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(at),
        (_, false) => BinaryPrimitives.ReadUInt32BigEndian(at),
    };
}
