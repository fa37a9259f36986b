using System.Collections.Immutable;
using System.Globalization;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Host.Settings;

/// <summary>Reads which ComfyUI instances there are: numbered, listed, a single one, or the default pair.</summary>
internal static class InstanceSettings
{
    private const string Numbered = "COMFYUI_HOST_";

    private static readonly ImmutableArray<string> Defaults = ["localhost:8188", "localhost:8189"];

    public static ImmutableArray<ComfyEndpoint> Read(
        SettingsReader reader, IReadOnlyDictionary<string, string> variables, bool useSsl)
    {
        var named = InNumericOrder(reader, variables).Concat(Listed(reader)).ToList();
        var endpoints = new Dictionary<string, ComfyEndpoint>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, text) in named)
        {
            if (!ComfyEndpoint.TryParse(text, useSsl, out var endpoint, out _))
            {
                reader.Refuse(key, WithoutCredentials(text), "host:port, or an http or https URL");
            }
            else if (!endpoints.TryAdd(endpoint.Id, endpoint) && endpoints[endpoint.Id] != endpoint)
            {
                reader.Refuse(key, WithoutCredentials(text), "the same scheme and credentials each time it is named");
            }
        }

        return named.Count == 0
            ? [.. Defaults.Select(host => ComfyEndpoint.Parse(host, useSsl))]
            : [.. endpoints.Values];
    }

    private static IEnumerable<(string Key, string Text)> InNumericOrder(
        SettingsReader reader, IReadOnlyDictionary<string, string> variables)
    {
        var numbered = new SortedDictionary<int, string>();
        foreach (var key in variables.Keys.Where(key => key.StartsWith(Numbered, StringComparison.Ordinal)))
        {
            var end = key.AsSpan(Numbered.Length);
            if (!int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                reader.Refuse(key, WithoutCredentials(variables[key]), $"a key that ends in a number: {Numbered}1");
            }
            else if (reader.Find(key) is not null)
            {
                numbered[number] = key;
            }
        }

        return numbered.Values.Select(key => (key, reader.Find(key)!));
    }

    private static IEnumerable<(string Key, string Text)> Listed(SettingsReader reader)
    {
        var list = reader.Find("COMFYUI_HOSTS") ?? "";
        foreach (var host in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            yield return ("COMFYUI_HOSTS", host);
        }

        if (reader.Find("COMFYUI_HOST") is { } single)
        {
            yield return ("COMFYUI_HOST", single);
        }
    }

    private static string WithoutCredentials(string text)
    {
        var at = text.LastIndexOf('@');
        return at < 0 ? text : $"***{text[at..]}";
    }
}
