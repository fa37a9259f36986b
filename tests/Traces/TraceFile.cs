using System.Text.Json;

namespace AkkaComfy.Traces;

/// <summary>Reads traffic recorded from real ComfyUI servers; see README.md beside it.</summary>
internal static class TraceFile
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "Traces");

    /// <summary>Every file's name without its extension.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. System.IO.Directory.GetFiles(Directory, "*.jsonl")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<TraceEvent> Read(string name) =>
    [
        .. File.ReadLines(Path.Combine(Directory, name + ".jsonl"))
            .Select((line, index) => new TraceEvent(name, index + 1, JsonElement.Parse(Standard(line)))),
    ];

    /// <summary>One recorded request holds Python's NaN, which no JSON parser takes.</summary>
    private static string Standard(string line) => line.Replace(": NaN}", ": null}", StringComparison.Ordinal);
}

/// <summary>One line of a trace.</summary>
internal sealed record TraceEvent(string File, int Line, JsonElement Json)
{
    /// <summary>http, ws, ws_binary, ws_open, ws_closed, ws_send, ws_connect_failed or note.</summary>
    public string Kind => Json.GetProperty("kind").GetString()!;

    /// <summary>A frame or a note, verbatim.</summary>
    public string Text => String("text")!;

    /// <summary>Which socket it was.</summary>
    public string? Socket => String("ws");

    public string Method => String("method")!;

    /// <summary>With the query.</summary>
    public string Path => String("path")!;

    public string? Label => String("label");

    /// <summary>Null where the connection failed.</summary>
    public int? Status => Member("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : null;

    /// <summary>The answer's JSON, or its text as a JSON string; undefined or null if binary or not there.</summary>
    public JsonElement Body => Member("body");

    public JsonElement RequestBody => Member("request_body");

    public JsonElement Member(string name) => Json.TryGetProperty(name, out var member) ? member : default;

    public override string ToString() => $"{File}:{Line}";

    private string? String(string name) =>
        Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
