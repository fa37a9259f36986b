namespace AkkaComfy.Core.Workflows;

/// <summary>Which names a workflow's inputs may have: they are form fields.</summary>
internal static class InputNames
{
    private const int MaxLength = 64;

    /// <returns>Null for a good name.</returns>
    public static string? WhatIsWrongWith(string name) =>
        name.Length is 0 or > MaxLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? $"the name {JsonWords.Quote(name)} is not allowed; use 1-{MaxLength} of a-z, A-Z, 0-9, '_' and '-'"
            : null;

    /// <summary>The name, or with the first number from 2 on that makes it a new one.</summary>
    public static string Unused(string name, Func<string, bool> isUsed)
    {
        var unused = name;
        for (var number = 2; isUsed(unused); number++)
        {
            unused = $"{name}{number}";
        }

        return unused;
    }
}
