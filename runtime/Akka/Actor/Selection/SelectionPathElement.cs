using System.IO.Enumeration;

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract record SelectionPathElement
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
public sealed record SelectChildName(string Name) : SelectionPathElement
{
    public override string ToString() => Name;
}

/// <summary>To all children whose names match: <c>*</c> any characters, <c>?</c> one.</summary>
public sealed record SelectChildPattern(string PatternStr) : SelectionPathElement
{
    public bool Matches(string name) => FileSystemName.MatchesSimpleExpression(PatternStr, name, ignoreCase: false);
    public override string ToString() => PatternStr;
}

/// <summary>To all children and theirs.</summary>
public sealed record SelectChildRecursive : SelectionPathElement
{
    public static readonly SelectChildRecursive Instance = new();

    private SelectChildRecursive() { }
    public override string ToString() => "**";
}

/// <summary>To the parent.</summary>
public sealed record SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    private SelectParent() { }
    public override string ToString() => "..";
}
