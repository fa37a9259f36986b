using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AkkaComfy.Traces;

namespace AkkaComfy.Emulator.Tests.Replay;

/// <summary>Compares the emulator's HTTP answers with recorded ones.</summary>
internal sealed partial class Answers(Names names)
{
    private const int HexOfPngHeader = 52; // signature and IHDR up to the colour type

    private static readonly string[] ExactHeaders =
        ["Content-Type", "Content-Disposition", "Connection", "Accept-Ranges", "Allow"];

    /// <summary>What differs, in words; empty where nothing does.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(TraceEvent recorded, HttpResponseMessage actual)
    {
        var differences = new List<string>();
        var body = await actual.Content.ReadAsByteArrayAsync();
        if ((int)actual.StatusCode != recorded.Status)
        {
            differences.Add($"status {(int)actual.StatusCode} instead of {recorded.Status}");
        }

        CompareHeaders(recorded, actual, differences);
        if (recorded.Member("keys").ValueKind != JsonValueKind.Undefined)
        {
            CompareKeys(recorded, body, differences);
        }
        else if (recorded.Member("body_binary") is { ValueKind: JsonValueKind.Object } binary)
        {
            CompareBinary(binary, body, differences);
        }
        else
        {
            CompareBody(recorded, body, differences);
        }

        return differences;
    }

    private static void CompareHeaders(TraceEvent recorded, HttpResponseMessage actual, List<string> differences)
    {
        if (recorded.Member("response_headers") is not { ValueKind: JsonValueKind.Object } headers)
        {
            return;
        }

        foreach (var name in ExactHeaders)
        {
            var expected = Recorded(headers, name);
            // A 304 has no content, so its type says nothing.
            if (name == "Content-Type" && recorded.Status == 304)
            {
                continue;
            }

            if (Header(actual, name) != expected)
            {
                differences.Add($"{name} is {Header(actual, name) ?? "absent"} instead of {expected ?? "absent"}");
            }
        }

        Shaped("ETag", EntityTag());
        Shaped("Last-Modified", HttpDate());
        Shaped("Content-Range", ByteRange());

        void Shaped(string name, Regex shape)
        {
            if (Recorded(headers, name) is null)
            {
                return;
            }

            if (Header(actual, name) is not { } value || !shape.IsMatch(value))
            {
                differences.Add($"{name} is {Header(actual, name) ?? "absent"}");
            }
        }
    }

    private void CompareBody(TraceEvent recorded, byte[] body, List<string> differences)
    {
        var expected = recorded.Body;
        if (recorded.Method == "HEAD" || expected.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            if (body.Length > 0)
            {
                differences.Add($"a body of {body.Length} bytes instead of none");
            }

            return;
        }

        if (expected.ValueKind == JsonValueKind.String)
        {
            var text = System.Text.Encoding.UTF8.GetString(body);
            if (text != expected.GetString())
            {
                differences.Add($"text '{text}' instead of '{expected}'");
            }

            return;
        }

        // What a machine has differs from the next one's; by which names a server tells it does not.
        Func<JsonNode?, string> form = recorded.Path == "/system_stats" ? Normal.Shape : Normal.Form;
        var (wanted, got) = (form(JsonNode.Parse(expected.GetRawText())), form(names.ToRecorded(body)));
        if (wanted != got)
        {
            differences.Add($"body\n    {got}\n  instead of\n    {wanted}");
        }
    }

    /// <summary>Long listings were recorded by the beginnings of their prompt ids only.</summary>
    private void CompareKeys(TraceEvent recorded, byte[] body, List<string> differences)
    {
        if (recorded.Member("keys") is { ValueKind: JsonValueKind.String } text)
        {
            if (System.Text.Encoding.UTF8.GetString(body) != text.GetString())
            {
                differences.Add("another text");
            }

            return;
        }

        var wanted = recorded.Member("keys").EnumerateArray().Select(key => key.GetString());
        var got = names.ToRecorded(body)!.AsObject().Select(member => member.Key[..8]);
        if (!wanted.SequenceEqual(got))
        {
            differences.Add($"keys {string.Join(' ', got)} instead of {string.Join(' ', wanted)}");
        }
    }

    /// <summary>Another encoder and other pixels, but a picture of the same measures and kind.</summary>
    private static void CompareBinary(JsonElement binary, byte[] body, List<string> differences)
    {
        var wanted = binary.GetProperty("head_hex").GetString()!;
        var got = Convert.ToHexStringLower(body.AsSpan(0, Math.Min(body.Length, wanted.Length / 2)));
        if (wanted[..HexOfPngHeader] != got[..Math.Min(got.Length, HexOfPngHeader)])
        {
            differences.Add($"file starts with {got} instead of {wanted}");
        }
    }

    private static string? Recorded(JsonElement headers, string name) =>
        headers.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string? Header(HttpResponseMessage actual, string name) =>
        actual.Headers.TryGetValues(name, out var values) || actual.Content.Headers.TryGetValues(name, out values)
            ? string.Join(",", values)
            : null;

    [GeneratedRegex("^\"[0-9a-f]+-[0-9a-f]+\"$", RegexOptions.NonBacktracking)]
    private static partial Regex EntityTag();

    [GeneratedRegex("^[A-Z][a-z]{2}, .* GMT$", RegexOptions.NonBacktracking)]
    private static partial Regex HttpDate();

    [GeneratedRegex("^bytes [0-9]+-[0-9]+/[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex ByteRange();
}
