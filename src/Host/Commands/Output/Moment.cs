using System.Globalization;

namespace AkkaComfy.Host.Commands.Output;

/// <summary>Times of answers as people read them, to the second: the JSON has the rest.</summary>
internal static class Moment
{
    public static string? Full(string? time) => As("yyyy-MM-dd HH:mm:ss'Z'", time);

    /// <summary>Without the day, for what is of today.</summary>
    public static string? OfDay(string? time) => As("HH:mm:ss'Z'", time);

    private static string? As(string format, string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)
            : time;
}
