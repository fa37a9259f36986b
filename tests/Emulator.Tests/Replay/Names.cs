using System.Text.Json.Nodes;

namespace AkkaComfy.Emulator.Tests.Replay;

/// <summary>Prompt ids that the server chose: which one here stands for which in the recording.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, string> _actual = [];

    public void Learn(string recorded, string actual) => _actual[recorded] = actual;

    public string ToActual(string text) =>
        _actual.Aggregate(text, (changed, pair) => changed.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    public string ToRecorded(string text) =>
        _actual.Aggregate(text, (changed, pair) => changed.Replace(pair.Value, pair.Key, StringComparison.Ordinal));

    public JsonNode? ToRecorded(byte[] json) => JsonNode.Parse(ToRecorded(System.Text.Encoding.UTF8.GetString(json)));
}
