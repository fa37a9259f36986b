using System.Buffers;

namespace AkkaComfy.Core.Eligibility;

/// <summary>Which words may be tags of instances.</summary>
public static class TagNames
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>What a tag must be, for people.</summary>
    public static string Rule => $"1-{MaxLength} of a-z, 0-9 and '-', not beginning with '-'";

    public static bool IsGood(string tag) =>
        tag.Length is > 0 and <= MaxLength && tag[0] != '-' && !tag.AsSpan().ContainsAnyExcept(Allowed);
}
