using FsCheck;
using FsCheck.Fluent;

namespace AkkaComfy.Core.Tests;

/// <summary>Runs a body over generated values; a failure names the smallest one and the seed.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> values, Action<T> body, int count = 300) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(values.ToArbitrary(), body));

    /// <summary>Lists of numbers in [0, limit): scripts that a test reads as steps.</summary>
    public static void HoldForScripts(int limit, Action<int[]> body, int count = 300) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count),
            Prop.ForAll(Arb.From(Gen.Choose(0, limit - 1).ArrayOf(), ShrinkScript), body));

    private static IEnumerable<int[]> ShrinkScript(int[] script)
    {
        for (var length = script.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= script.Length; at += length)
            {
                yield return [.. script[..at], .. script[(at + length)..]];
            }
        }
    }
}
