namespace AkkaComfy.Host.Commands.Output;

/// <summary>Text of others, made fit to be shown: what it says must not steer the terminal.</summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text) => text.Any(char.IsControl)
        ? string.Create(text.Length, text, (shown, given) =>
        {
            for (var i = 0; i < given.Length; i++)
            {
                shown[i] = char.IsControl(given[i]) ? Replacement : given[i];
            }
        })
        : text;
}
