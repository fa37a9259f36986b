using System.Text.Json;

namespace AkkaComfy.Host.Tests.Telemetry;

/// <summary>The Grafana dashboard of <c>ops/</c>.</summary>
internal static class Dashboard
{
    public static JsonElement Read()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(RepositoryFiles.PathOf("ops/grafana/akkacomfy.json")));
        return document.RootElement.Clone();
    }

    public static IEnumerable<JsonElement> Panels() => Read().GetProperty("panels").EnumerateArray();

    /// <summary>Its queries, as they stand there.</summary>
    public static IEnumerable<string> Queries() =>
        from panel in Panels()
        where panel.GetProperty("type").GetString() != "row"
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString()!;
}
