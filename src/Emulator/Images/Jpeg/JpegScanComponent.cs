namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>A component as one scan codes it: with its tables and its running constant term.</summary>
internal sealed class JpegScanComponent(JpegComponent component, JpegTables tables, int dcSlot, int acSlot)
{
    public JpegComponent Component => component;

    /// <summary>Of a table that the scan does not use there need be none.</summary>
    public HuffmanDecoder Dc => field ??= tables.Dc(dcSlot);

    /// <inheritdoc cref="Dc"/>
    public HuffmanDecoder Ac => field ??= tables.Ac(acSlot);

    public int Constant { get; set; }
}
