namespace AkkaComfy.Emulator.Images;

/// <summary>EXIF's orientations, named by what makes the stored picture upright.</summary>
public enum Orientation
{
    Upright = 1,
    MirrorAcross = 2,
    HalfTurn = 3,
    MirrorDown = 4,

    /// <summary>Rows become columns.</summary>
    Transpose = 5,

    /// <summary>Clockwise.</summary>
    QuarterTurn = 6,

    /// <summary>Rows become columns, both from their ends.</summary>
    Transverse = 7,

    /// <summary>Counter-clockwise.</summary>
    QuarterTurnBack = 8,
}
