using System.Globalization;

namespace AkkaComfy.Bench.Fleet;

/// <summary>What is measured: how many jobs of which length on how many instances.</summary>
internal sealed record Options(int Jobs, int Instances, int Slots, int JobMilliseconds, int Submitters)
{
    public const string Usage =
        "Usage: fleet [--jobs 500] [--instances 2] [--slots 2] [--job-ms 100] [--submitters 16]";

    /// <exception cref="FormatException">Names the argument that cannot be used.</exception>
    public static Options Parse(IReadOnlyList<string> args)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["--jobs"] = 500,
            ["--instances"] = 2,
            ["--slots"] = 2,
            ["--job-ms"] = 100,
            ["--submitters"] = 16,
        };
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!known.ContainsKey(args[i]))
            {
                throw new FormatException($"unknown argument '{args[i]}'");
            }

            var text = i + 1 < args.Count ? args[i + 1] : "";
            known[args[i]] = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value is >= 1 and <= 100_000
                ? value
                : throw new FormatException($"{args[i]} is '{text}', allowed are whole numbers from 1 to 100000");
        }

        return new Options(
            known["--jobs"], known["--instances"], known["--slots"], known["--job-ms"], known["--submitters"]);
    }
}
