using System.Collections.Immutable;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Host.Settings;

/// <summary>Reads which ComfyUI instances there are: numbered, listed, a single one, or the default pair.</summary>
internal static class InstanceSettings
{
    /// <summary>How the keys of numbered instances begin.</summary>
    public const string Numbered = "COMFYUI_HOST_";

    private static readonly ImmutableArray<string> Defaults = ["localhost:8188", "localhost:8189"];

    public static ImmutableArray<ComfyEndpoint> Read(SettingsReader reader, bool useSsl)
    {
        var named = reader.Numbered(Numbered, WithoutCredentials)
            .Select(found => (found.Key, found.Text))
            .Concat(Listed(reader))
            .ToList();
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
