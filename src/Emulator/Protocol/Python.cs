using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Protocol;

/// <summary>Python's conversions and spellings, where ComfyUI's answers depend on them.</summary>
internal static class Python
{
    /// <summary>What Python calls the type of a JSON value.</summary>
    public static string TypeName(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "NoneType",
        JsonValueKind.Object => "dict",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "str",
        JsonValueKind.Number => IsInteger(value) ? "int" : "float",
        _ => "bool",
    };

    /// <summary>Python's <c>str()</c>.</summary>
    public static string Text(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : Repr(value);

    /// <summary>Python's <c>repr()</c>.</summary>
    public static string Repr(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "None",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.String => Quoted(value.GetValue<string>()),
        JsonValueKind.Array => $"[{string.Join(", ", value.AsArray().Select(Repr))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.AsObject().Select(Member))}}}",
        _ => value.ToJsonString(),
    };

    public static string Quoted(string text) => text.Contains('\'') && !text.Contains('"')
        ? $"\"{text}\""
        : $"'{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    /// <summary>Python's <c>int()</c>.</summary>
    /// <exception cref="PythonException">ValueError or TypeError, worded as Python words it.</exception>
    public static BigInteger Integer(JsonNode? value)
    {
        switch (value?.GetValueKind())
        {
            case JsonValueKind.True: return BigInteger.One;
            case JsonValueKind.False: return BigInteger.Zero;
            case JsonValueKind.Number when IsInteger(value):
                return BigInteger.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
            case JsonValueKind.Number: return new BigInteger(Math.Truncate(value.GetValue<double>()));
            case JsonValueKind.String:
                var text = value.GetValue<string>();
                const NumberStyles style = NumberStyles.AllowLeadingSign;
                return BigInteger.TryParse(text.Trim(), style, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new PythonException(
                        "ValueError", $"invalid literal for int() with base 10: {Quoted(text)}");
            default:
                throw new PythonException(
                    "TypeError",
                    "int() argument must be a string, a bytes-like object or a real number, "
                    + $"not {Quoted(TypeName(value))}");
        }
    }

    /// <summary>Python's <c>float()</c>.</summary>
    /// <inheritdoc cref="Integer"/>
    public static double Float(JsonNode? value)
    {
        switch (value?.GetValueKind())
        {
            case JsonValueKind.True: return 1;
            case JsonValueKind.False: return 0;
            case JsonValueKind.Number: return double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
            case JsonValueKind.String:
                var text = value.GetValue<string>();
                return double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new PythonException("ValueError", $"could not convert string to float: {Quoted(text)}");
            default:
                throw new PythonException(
                    "TypeError", "float() argument must be a string or a real number, not " + Quoted(TypeName(value)));
        }
    }

    /// <summary>Python's <c>bool()</c>.</summary>
    public static bool Truth(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        JsonValueKind.String => value.GetValue<string>().Length > 0,
        JsonValueKind.Array => value.AsArray().Count > 0,
        JsonValueKind.Object => value.AsObject().Count > 0,
        _ => Float(value) != 0,
    };

    /// <summary>Python's <c>base64.b64decode</c>: skips what is not in the alphabet, insists on padding.</summary>
    /// <exception cref="PythonException">binascii.Error.</exception>
    public static byte[] Base64(string text)
    {
        var whole = new byte[text.Length / 4 * 3];
        if (text.Length % 4 == 0 && Convert.TryFromBase64String(text, whole, out var written))
        {
            return whole[..written];
        }

        var kept = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/')
            {
                kept.Append(letter);
            }
            else if (letter == '=' && kept.Length % 4 >= 2)
            {
                break;
            }
        }

        var padding = (4 - (kept.Length % 4)) % 4;
        if (padding == 3)
        {
            throw new PythonException(
                "binascii.Error",
                $"Invalid base64-encoded string: number of data characters ({kept.Length}) "
                + "cannot be 1 more than a multiple of 4");
        }

        if (padding > 0 && text.Count(letter => letter == '=') < padding)
        {
            throw new PythonException("binascii.Error", "Incorrect padding");
        }

        return Convert.FromBase64String(kept.Append('=', padding).ToString());
    }

    private static string Member(KeyValuePair<string, JsonNode?> member) =>
        $"{Quoted(member.Key)}: {Repr(member.Value)}";

    private static bool IsInteger(JsonNode value) =>
        value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0;
}
