using System.Collections.Immutable;
using AkkaComfy.ComfyUI;
using AkkaComfy.Core.Eligibility;
using AkkaComfy.Messages;

namespace AkkaComfy.Host.Settings;

/// <summary>Reads the weights and tags of the numbered instances.</summary>
internal static class TraitSettings
{
    private const string Weight = "COMFYUI_WEIGHT_";
    private const string Tags = "COMFYUI_TAGS_";
    private const int MaxWeight = 100;

    public static ImmutableDictionary<InstanceId, InstanceTraits> Read(SettingsReader reader, bool useSsl)
    {
        var traits = ImmutableDictionary<InstanceId, InstanceTraits>.Empty;
        foreach (var (number, key, _) in reader.Numbered(Weight))
        {
            var weight = reader.Integer(key, InstanceTraits.Default.Weight, 1, MaxWeight);
            traits = With(traits, reader, number, key, useSsl, known => known with { Weight = weight });
        }

        foreach (var (number, key, text) in reader.Numbered(Tags))
        {
            var tags = TagsIn(reader, key, text);
            traits = With(traits, reader, number, key, useSsl, known => known with
            {
                Tags = [.. known.Tags.Union(tags).Order(StringComparer.Ordinal)],
            });
        }

        return traits.RemoveRange(traits.Where(said => said.Value == InstanceTraits.Default).Select(said => said.Key));
    }

    private static ImmutableDictionary<InstanceId, InstanceTraits> With(
        ImmutableDictionary<InstanceId, InstanceTraits> traits,
        SettingsReader reader,
        int number,
        string key,
        bool useSsl,
        Func<InstanceTraits, InstanceTraits> change)
    {
        var host = $"{InstanceSettings.Numbered}{number}";
        if (reader.Find(host) is not { } address)
        {
            reader.Refuse(key, reader.Find(key)!, $"{host} to be set too: it belongs to that instance");
            return traits;
        }

        // An address that cannot be read is told where addresses are.
        if (!ComfyEndpoint.TryParse(address, useSsl, out var endpoint, out _))
        {
            return traits;
        }

        var id = new InstanceId(endpoint.Id);
        return traits.SetItem(id, change(traits.GetValueOrDefault(id) ?? InstanceTraits.Default));
    }

    private static string[] TagsIn(SettingsReader reader, string key, string text)
    {
        var tags = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var tag in tags.Where(tag => !TagNames.IsGood(tag)))
        {
            reader.Refuse(key, tag, $"tags between commas, each {TagNames.Rule}");
        }

        return tags;
    }
}
