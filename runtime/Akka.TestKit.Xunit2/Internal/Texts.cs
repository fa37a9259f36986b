using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal;

/// <summary>A condition on the text of a log event.</summary>
internal sealed class Texts(string description, Func<string?, bool> match)
{
    public bool Match(string? text) => match(text);

    public static Texts Matching(Regex pattern) =>
        new($"matching {pattern}", text => text is not null && pattern.IsMatch(text));

    /// <summary>The first condition given counts; with none, every text fits.</summary>
    public static Texts Matching(string? message, string? start, string? contains) => (message, start, contains) switch
    {
        ({ } whole, _, _) => new Texts($"equal to \"{whole}\"", text => text == whole),
        (_, { } head, _) => new Texts(
            $"starting with \"{head}\"", text => text?.StartsWith(head, StringComparison.Ordinal) == true),
        (_, _, { } part) => new Texts(
            $"containing \"{part}\"", text => text?.Contains(part, StringComparison.Ordinal) == true),
        _ => new Texts("with any text", static _ => true),
    };

    public override string ToString() => description;
}
