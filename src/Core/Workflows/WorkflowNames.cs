using System.Buffers;
using System.Collections.Frozen;

namespace AkkaComfy.Core.Workflows;

/// <summary>Which names a workflow's folder may have: they are routes.</summary>
public static class WorkflowNames
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static IReadOnlySet<string> Reserved { get; } = new[]
    {
        "async", "jobs", "workflows", "instances", "prompt", "prompts", "events", "logs",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Null for a good name.</returns>
    public static string? WhatIsWrongWith(string name)
    {
        if (Reserved.Contains(name))
        {
            return $"the name '{name}' is reserved for the API's own routes; rename the folder";
        }

        return name.Length is 0 or > MaxLength || name[0] == '-' || name.AsSpan().ContainsAnyExcept(Allowed)
            ? $"the name '{name}' is not allowed; use 1-{MaxLength} of a-z, 0-9 and '-', not beginning with '-'"
            : null;
    }
}
