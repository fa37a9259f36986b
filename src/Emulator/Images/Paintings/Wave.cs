namespace AkkaComfy.Emulator.Images.Paintings;

/// <summary>A plane wave over a picture.</summary>
/// <param name="Across">Crests along the longer side's length, to the right.</param>
/// <param name="Down">The same downward.</param>
/// <param name="Start">Where in its course it is at the picture's corner, 0 to 1.</param>
/// <param name="Turns">How often it comes round in one movement of the picture.</param>
internal sealed record Wave(double Across, double Down, double Start, int Turns)
{
    /// <summary>Sine and cosine of its course along one side: together they make any sum of courses.</summary>
    public static (float[] Sines, float[] Cosines) Course(int length, double crests, double start)
    {
        var (sines, cosines) = (new float[length], new float[length]);
        for (var i = 0; i < length; i++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * ((i * crests) + start));
            (sines[i], cosines[i]) = ((float)sine, (float)cosine);
        }

        return (sines, cosines);
    }
}
