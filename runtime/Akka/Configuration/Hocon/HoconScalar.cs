using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Akka.Configuration.Hocon;

/// <summary>How the text of a literal is read as a number, a duration or a size.</summary>
internal static partial class HoconScalar
{
    public static bool Boolean(string text) => text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw new NotSupportedException($"Unknown boolean format: {text}"),
    };

    public static T Number<T>(string text)
        where T : INumber<T> => T.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A plain number counts milliseconds.</summary>
    public static TimeSpan Duration(string text, bool allowInfinite)
    {
        if (allowInfinite && string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;
        var match = Amount().Match(text);
        if (!match.Success)
            throw new FormatException($"Expected a duration, such as 10s, but found '{text}'.");
        var amount = Number<double>(match.Groups["value"].Value);
        if (amount < 0)
            throw new FormatException($"Expected a positive duration but found '{text}'.");
        var ticks = match.Groups["unit"].Value switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            var unit => throw new FormatException($"Unknown unit of time '{unit}' in '{text}'."),
        };
        return TimeSpan.FromTicks(checked((long)Math.Round(amount * ticks)));
    }

    /// <summary>In bytes: kB, MB … count in thousands; K, KiB, M, MiB … in 1024s.</summary>
    public static long ByteSize(string text)
    {
        var match = Amount().Match(text);
        if (!match.Success)
            throw new FormatException($"Expected a size in bytes, such as 512KiB, but found '{text}'.");
        var factor = match.Groups["unit"].Value switch
        {
            "" or "b" or "B" or "byte" or "bytes" => 1L,
            "kB" or "KB" or "kilobyte" or "kilobytes" => 1000L,
            "MB" or "megabyte" or "megabytes" => 1000_000L,
            "GB" or "gigabyte" or "gigabytes" => 1000_000_000L,
            "TB" or "terabyte" or "terabytes" => 1000_000_000_000L,
            "PB" or "petabyte" or "petabytes" => 1000_000_000_000_000L,
            "k" or "K" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
            "m" or "M" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
            "g" or "G" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
            "t" or "T" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
            "p" or "P" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
            var unit => throw new FormatException($"Unknown unit of size '{unit}' in '{text}'."),
        };
        return checked((long)(Number<decimal>(match.Groups["value"].Value) * factor));
    }

    [GeneratedRegex(@"^\s*(?<value>-?[0-9]+(\.[0-9]+)?)\s*(?<unit>[A-Za-z]*)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Amount();
}
