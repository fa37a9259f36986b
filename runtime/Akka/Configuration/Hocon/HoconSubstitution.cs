namespace Akka.Configuration.Hocon;

/// <summary>A reference such as <c>${a.b}</c> or, if it may stay unresolved, <c>${?a.b}</c>.</summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    public HoconSubstitution(string path)
    {
        IsQuestionMark = path.StartsWith('?');
        Path = IsQuestionMark ? path[1..] : path;
    }

    public string Path { get; set; }
    public bool IsQuestionMark { get; }

    /// <summary>What the path leads to, or null if it stands for an environment variable or nothing.</summary>
    public HoconValue? ResolvedValue { get; set; }
    public bool IsString() => ResolvedValue?.IsString() ?? false;
    public string? GetString() => ResolvedValue?.GetString();
    public bool IsArray() => ResolvedValue?.IsArray() ?? false;
    public IList<HoconValue>? GetArray() => ResolvedValue?.GetArray();
    public bool IsObject() => ResolvedValue?.IsObject() ?? false;
    public HoconObject? GetObject() => ResolvedValue?.GetObject();
}
