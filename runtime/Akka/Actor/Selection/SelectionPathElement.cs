using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
    internal static SelectionPathElement Parse(string element) => element switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when element.Contains('*') || element.Contains('?') => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}

/// <summary>To the child of that name.</summary>
public sealed class SelectChildName(string name) : SelectionPathElement
{
    public string Name { get; } = name;
    public override string ToString() => Name;
}

/// <summary>To all children whose names match: <c>*</c> any characters, <c>?</c> one.</summary>
public sealed class SelectChildPattern : SelectionPathElement
{
    private readonly Regex _pattern;

    public SelectChildPattern(string patternStr)
    {
        PatternStr = patternStr;
        var regex = Regex.Escape(patternStr)
            .Replace("\\*", ".*", StringComparison.Ordinal)
            .Replace("\\?", ".", StringComparison.Ordinal);
        _pattern = new Regex($"^{regex}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
    }

    public string PatternStr { get; }
    public bool Matches(string name) => _pattern.IsMatch(name);
    public override string ToString() => PatternStr;
}

/// <summary>To all children and theirs.</summary>
public sealed class SelectChildRecursive : SelectionPathElement
{
    public static readonly SelectChildRecursive Instance = new();

    private SelectChildRecursive() { }
    public override string ToString() => "**";
}

/// <summary>To the parent.</summary>
public sealed class SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    private SelectParent() { }
    public override string ToString() => "..";
}
