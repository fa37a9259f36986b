namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>The marker codes of JPEG (ITU T.81, table B.1) that matter here.</summary>
internal static class JpegMarker
{
    public const byte Prefix = 0xFF;
    public const byte BaselineFrame = 0xC0;
    public const byte ExtendedFrame = 0xC1;
    public const byte ProgressiveFrame = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte FirstRestart = 0xD0;
    public const byte LastRestart = 0xD7;
    public const byte Start = 0xD8;
    public const byte End = 0xD9;
    public const byte Scan = 0xDA;
    public const byte QuantisationTables = 0xDB;
    public const byte RestartInterval = 0xDD;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App14 = 0xEE;
    private const byte Temporary = 0x01;

    public static bool IsRestart(byte marker) => marker is >= FirstRestart and <= LastRestart;

    public static bool StandsAlone(byte marker) => marker is Temporary or Start || IsRestart(marker);

    /// <summary>The name of a kind of JPEG that is not read here; null for anything that is no such frame.</summary>
    public static string? UnsupportedFrame(byte marker) => marker switch
    {
        0xC3 => "lossless",
        0xC5 or 0xC6 or 0xC7 => "hierarchical",
        0xC9 or 0xCA or 0xCB or 0xCC => "arithmetic-coded",
        0xCD or 0xCE or 0xCF => "hierarchical arithmetic-coded",
        0xDE or 0xDF => "hierarchical",
        0xDC => "deferred-height",
        _ => null,
    };
}
