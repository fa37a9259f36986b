using System.Buffers;
using System.Globalization;

namespace AkkaComfy.Core.Events;

/// <summary>A place in the stream of all events, as clients name it when they resume.</summary>
/// <param name="Epoch">The numbering it belongs to; another process, or another life of the hub, numbers anew.</param>
/// <param name="Number">Of the last event heard; 0 before the first.</param>
public readonly record struct StreamPosition(string Epoch, long Number)
{
    private const int EpochLength = 8;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Made of lower-case hex digits.</summary>
    public static string NewEpoch() => $"{Guid.NewGuid():N}"[..EpochLength];

    public static bool TryParse(string text, out StreamPosition position)
    {
        position = default;
        if (text.Length <= EpochLength || text[EpochLength] != '-'
            || text.AsSpan(0, EpochLength).ContainsAnyExcept(HexDigits)
            || !long.TryParse(text.AsSpan(EpochLength + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        position = new StreamPosition(text[..EpochLength], number);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Number}");
}
