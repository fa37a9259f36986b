namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>A scan's header, checked.</summary>
/// <param name="First">The place of the first coefficient coded; as the rest, of progressive files only.</param>
/// <param name="Last">The place of the last coefficient coded.</param>
/// <param name="Shift">How many low bits are left to later scans.</param>
/// <param name="Refines">Whether it adds a bit to what earlier scans coded.</param>
internal sealed record JpegScanHeader(
    IReadOnlyList<JpegScanComponent> Components, int First, int Last, int Shift, bool Refines)
{
    private const int MaxComponents = 4;
    private const int MaxShift = 13;

    public static JpegScanHeader Parse(ReadOnlySpan<byte> segment, JpegFrame frame, JpegTables tables)
    {
        if (segment.IsEmpty || segment[0] is 0 or > MaxComponents || segment.Length != 4 + (2 * segment[0]))
        {
            throw new CorruptImageException("a JPEG scan header is malformed");
        }

        var scanned = new List<JpegScanComponent>();
        for (var i = 0; i < segment[0]; i++)
        {
            scanned.Add(Component(frame, tables, segment[1 + (2 * i)], segment[2 + (2 * i)]));
        }

        if (scanned.DistinctBy(s => s.Component.Id).Count() != scanned.Count)
        {
            throw new CorruptImageException("a JPEG scan names a component twice");
        }

        var rest = segment[^3..];
        var header = new JpegScanHeader(scanned, rest[0], rest[1], rest[2] & 15, rest[2] >> 4 != 0);
        if (frame.Progressive)
        {
            header.CheckProgression(rest[2] >> 4);
        }

        return header;
    }

    private void CheckProgression(int shiftBefore)
    {
        var band = First == 0
            ? Last == 0
            : First <= Last && Last < ZigZag.BlockLength && Components.Count == 1;
        var bits = Shift <= MaxShift && (!Refines || shiftBefore == Shift + 1);
        if (!band || !bits)
        {
            throw new CorruptImageException(
                $"a JPEG scan of {Components.Count} components claims coefficients {First} to {Last}, bits {shiftBefore} to "
                + $"{Shift}");
        }
    }

    private static JpegScanComponent Component(JpegFrame frame, JpegTables tables, byte id, byte slots)
    {
        var component = Array.Find(frame.Components, c => c.Id == id)
            ?? throw new CorruptImageException($"a JPEG scan names component {id}, which the frame lacks");
        if (component.Decoded && !frame.Progressive)
        {
            throw new CorruptImageException($"the JPEG codes component {id} twice");
        }

        // Tables may be replaced between scans: the first that a component meets is its own.
        component.Steps ??= tables.Quantisation(component.Quantisation);
        return new JpegScanComponent(component, tables, slots >> 4, slots & 15);
    }
}
