namespace AkkaComfy.Emulator.Images.Jpeg;

/// <summary>The tables of ITU T.81, annex K: good for most pictures, written by most encoders.</summary>
internal static class StandardTables
{
    /// <summary>Luma, then chroma; row by row.</summary>
    private static readonly byte[][] Quantisation =
    [
        [
            16, 11, 10, 16, 24, 40, 51, 61,
            12, 12, 14, 19, 26, 58, 60, 55,
            14, 13, 16, 24, 40, 57, 69, 56,
            14, 17, 22, 29, 51, 87, 80, 62,
            18, 22, 37, 56, 68, 109, 103, 77,
            24, 35, 55, 64, 81, 104, 113, 92,
            49, 64, 78, 87, 103, 121, 120, 101,
            72, 92, 95, 98, 112, 100, 103, 99,
        ],
        [
            17, 18, 24, 47, 99, 99, 99, 99,
            18, 21, 26, 66, 99, 99, 99, 99,
            24, 26, 56, 99, 99, 99, 99, 99,
            47, 66, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
        ],
    ];

    /// <summary>Luma, then chroma.</summary>
    public static HuffmanEncoder[] Dc { get; } =
    [
        new("00010501010101010100000000000000", "000102030405060708090A0B"),
        new("00030101010101010101010000000000", "000102030405060708090A0B"),
    ];

    /// <summary>Luma, then chroma.</summary>
    public static HuffmanEncoder[] Ac { get; } =
    [
        new(
            "0002010303020403050504040000017D",
            "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728"
            + "292A3435363738393A434445464748494A535455565758595A636465666768696A737475767778797A83848586878889"
            + "8A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2"
            + "E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA"),
        new(
            "00020102040403040705040400010277",
            "000102031104052131061241510761711322328108144291A1B1C109233352F0156272D10A162434E125F11718191A26"
            + "2728292A35363738393A434445464748494A535455565758595A636465666768696A737475767778797A828384858687"
            + "88898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DA"
            + "E2E3E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA"),
    ];

    /// <summary>The quantisation steps in the file's order, scaled to a quality from 1 to 100.</summary>
    public static byte[] Steps(int table, int quality)
    {
        var percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        var steps = new byte[ZigZag.BlockLength];
        for (var place = 0; place < steps.Length; place++)
        {
            steps[place] = (byte)Math.Clamp(((Quantisation[table][ZigZag.ToBlock[place]] * percent) + 50) / 100, 1, 255);
        }

        return steps;
    }
}
