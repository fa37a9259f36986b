using System.Globalization;
using System.Text.RegularExpressions;

namespace AkkaComfy.Core.Events;

/// <summary>A place in the stream of all events, as clients name it when they resume.</summary>
/// <param name="Epoch">The numbering it belongs to; another process, or another life of the hub, numbers anew.</param>
/// <param name="Number">Of the last event heard; 0 before the first.</param>
public readonly partial record struct StreamPosition(string Epoch, long Number)
{
    public const int EpochLength = 8;

    public static bool TryParse(string text, out StreamPosition id)
    {
        id = default;
        if (!Form.IsMatch(text)
            || !long.TryParse(text.AsSpan(EpochLength + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        id = new StreamPosition(text[..EpochLength], number);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Number}");

    [GeneratedRegex(@"^[0-9a-f]{8}-[0-9]{1,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
