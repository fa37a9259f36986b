using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Walks over HOCON text: blanks, comments, keys, quoted and unquoted runs.</summary>
internal sealed class HoconReader(string text)
{
    private const string NotInUnquoted = "$\"{}[]:=,#`^?!@*&\\";

    private int _at;

    public bool AtEnd => _at >= text.Length;

    /// <summary>The next character, or NUL at the end.</summary>
    public char Peek => AtEnd ? '\0' : text[_at];
    public int Line => text.AsSpan(0, Math.Min(_at, text.Length)).Count('\n') + 1;
    public bool AtEndOfValue => AtEnd || Peek is '\n' or ',' or '}' or ']' || AtComment;
    private bool AtComment => Peek == '#' || AtText("//");
    public FormatException Error(string what) => new($"HOCON, line {Line}: {what}.");

    public void Skip(char expected)
    {
        if (!TrySkip(expected))
            throw Error($"expected '{expected}' but found {(AtEnd ? "the end" : $"'{Peek}'")}");
    }

    public bool TrySkip(char expected)
    {
        if (AtEnd || Peek != expected)
            return false;
        _at++;
        return true;
    }

    /// <summary>Skips white space, line ends and comments; true if a line end was among them.</summary>
    public bool SkipBlank()
    {
        var newLine = false;
        while (!AtEnd)
        {
            if (AtComment)
                _at = text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length;
            else if (IsBlank(Peek))
                newLine |= text[_at++] == '\n';
            else
                break;
        }
        return newLine;
    }

    /// <summary>White space within a line, or null if there is none.</summary>
    public string? Gap()
    {
        var start = _at;
        while (!AtEnd && Peek != '\n' && IsBlank(Peek))
            _at++;
        return _at > start ? text[start.._at] : null;
    }

    public string Unquoted()
    {
        var start = _at;
        while (!AtEnd && !IsBlank(Peek) && !AtComment && !NotInUnquoted.Contains(Peek))
            _at++;
        return _at > start ? text[start.._at] : throw Error($"'{Peek}' can stand in a value only within quotes");
    }

    public string Quoted()
    {
        if (AtText("\"\"\""))
            return TripleQuoted();
        Skip('"');
        var run = new StringBuilder();
        while (!TrySkip('"'))
        {
            if (AtEnd || Peek == '\n')
                throw Error("a quoted string is not closed");
            run.Append(TrySkip('\\') ? Escaped() : text[_at++]);
        }
        return run.ToString();
    }

    /// <summary>A key such as <c>a.b."c.d"</c>, up to one of the stops.</summary>
    public List<string> Path(string stops)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var present = false;
        Gap();
        for (string? gap = null; !AtEnd && Peek != '\n' && !stops.Contains(Peek); gap = Gap())
        {
            if (TrySkip('.'))
            {
                Take();
                continue;
            }
            part.Append(gap);
            present = true;
            if (Peek == '"')
                part.Append(Quoted());
            else if (!NotInUnquoted.Contains(Peek) && !AtComment)
                part.Append(text[_at++]);
            else
                throw Error($"'{Peek}' can stand in a key only within quotes");
        }
        Take();
        return parts;

        void Take()
        {
            if (!present)
                throw Error("a key, or a part of one, is empty");
            parts.Add(part.ToString());
            part.Clear();
            present = false;
        }
    }

    public HoconSubstitution Substitution()
    {
        Skip('$');
        Skip('{');
        var optional = TrySkip('?');
        var path = Path("}");
        return TrySkip('}') ? new HoconSubstitution(path, optional) : throw Error("a substitution is not closed");
    }

    /// <summary>Skips the word <c>include</c> if the name of what to include follows it.</summary>
    public bool TrySkipInclude()
    {
        if (!AtText("include"))
            return false;
        var start = _at;
        _at += "include".Length;
        if (Gap() is not null && Peek == '"')
            return true;
        if (AtText("file(") || AtText("url(") || AtText("classpath(") || AtText("required("))
            throw new NotSupportedException($"HOCON, line {Line}: include takes a quoted name only.");
        _at = start;
        return false;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
    private bool AtText(string expected) => string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0;

    private string TripleQuoted()
    {
        var start = _at + 3;
        var end = text.IndexOf("\"\"\"", start, StringComparison.Ordinal);
        if (end < 0)
            throw Error("a multi-line string is not closed");
        // Quotes beyond the closing three belong to the string.
        while (end + 3 < text.Length && text[end + 3] == '"')
            end++;
        _at = end + 3;
        return text[start..end];
    }

    private char Escaped()
    {
        if (AtEnd)
            throw Error("a quoted string is not closed");
        var c = text[_at++];
        return c switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\b',
            'f' => '\f',
            '"' or '\\' or '/' => c,
            'u' when _at + 4 <= text.Length && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out var code) => Unicode(code),
            _ => throw Error($"unknown escape '\\{c}'"),
        };
    }

    private char Unicode(ushort code)
    {
        _at += 4;
        return (char)code;
    }
}

/// <summary>Dotted paths, whose parts may be quoted to hold dots of their own.</summary>
internal static class HoconPath
{
    public static IReadOnlyList<string> Split(string path) =>
        path.Contains('"') ? new HoconReader(path).Path("") : path.Split('.');

    public static string Quote(string text) => text.Length > 0 && text.All(IsPlain)
        ? text
        : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")}\"";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
