using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths, whose parts may be quoted to hold dots of their own.</summary>
internal static class HoconPath
{
    public static IEnumerable<string> Split(string path)
    {
        if (!path.Contains('"'))
            return path.Split('.');

        var parts = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (quoted && c == '\\' && i + 1 < path.Length)
                part.Append(path[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (c == '.' && !quoted)
                Take();
            else
                part.Append(c);
        }
        Take();
        return parts;

        void Take()
        {
            parts.Add(part.ToString());
            part.Clear();
        }
    }

    public static string Quote(string text) => text.Length > 0 && text.All(IsPlain)
        ? text
        : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")}\"";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
