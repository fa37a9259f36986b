using System.Globalization;

namespace AkkaComfy.Host.Settings;

/// <summary>Reads typed values out of named strings and gathers every error instead of stopping at the first.</summary>
/// <remarks>A blank value counts as not set: that is how <c>.env</c> files write "the default".</remarks>
internal sealed class SettingsReader(IReadOnlyDictionary<string, string> variables)
{
    private readonly List<SettingError> _errors = [];
    private readonly SortedDictionary<string, EffectiveSetting> _effective = new(StringComparer.Ordinal);

    public IReadOnlyList<SettingError> Errors => _errors;

    /// <summary>All that was asked for, by key, as it was found; may hold secrets.</summary>
    public IReadOnlyDictionary<string, EffectiveSetting> Effective => _effective;

    public string? Find(string key)
    {
        var text = variables.TryGetValue(key, out var found) && !string.IsNullOrWhiteSpace(found) ? found.Trim() : null;
        _effective.TryAdd(key, new EffectiveSetting(text, IsSet: text is not null));
        return text;
    }

    public string Text(string key, string fallback) => Find(key) ?? Default(key, fallback, fallback);

    public IEnumerable<KeyValuePair<string, string>> Starting(string prefix) =>
        from key in variables.Keys
        where key.StartsWith(prefix, StringComparison.Ordinal)
        let text = Find(key)
        where text is not null
        select KeyValuePair.Create(key, text);

    /// <summary>What is set under keys that end in a number, in the order of the numbers; gaps are allowed.</summary>
    /// <param name="shown">How the value of a key that ends otherwise is told, where it may hold a secret.</param>
    public IReadOnlyList<(int Number, string Key, string Text)> Numbered(
        string prefix, Func<string, string>? shown = null)
    {
        var numbered = new List<(int Number, string Key, string Text)>();
        foreach (var (key, value) in variables.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var end = key.AsSpan(prefix.Length);
            if (!int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Refuse(key, shown is null ? value : shown(value), $"a key that ends in a number: {prefix}1");
            }
            else if (Find(key) is { } text)
            {
                numbered.Add((number, key, text));
            }
        }

        return [.. numbered.OrderBy(found => found.Number).ThenBy(found => found.Key, StringComparer.Ordinal)];
    }

    public int Integer(string key, int fallback, int minimum, int maximum, string unit = "")
    {
        if (Find(key) is not { } text)
        {
            return Default(key, fallback, fallback.ToString(CultureInfo.InvariantCulture));
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        Refuse(key, text, $"a whole number from {minimum} to {maximum}{unit}");
        return fallback;
    }

    public TimeSpan Milliseconds(string key, int fallback, int minimum, int maximum) =>
        TimeSpan.FromMilliseconds(Integer(key, fallback, minimum, maximum, " (milliseconds)"));

    public bool Flag(string key, bool fallback)
    {
        if (Find(key) is not { } text)
        {
            return Default(key, fallback, fallback ? "true" : "false");
        }

        switch (text.ToLowerInvariant())
        {
            case "true" or "1" or "yes" or "on":
                return true;
            case "false" or "0" or "no" or "off":
                return false;
            default:
                Refuse(key, text, "true or false");
                return fallback;
        }
    }

    /// <summary>One of a few words, in any case; the first is the default.</summary>
    public T OneOf<T>(string key, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (Find(key) is not { } text)
        {
            return Default(key, choices[0].Value, choices[0].Word);
        }

        var words = new List<string>(choices.Length);
        foreach (var (word, value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }

            words.Add(word);
        }

        Refuse(key, text, string.Join(" or ", words));
        return choices[0].Value;
    }

    private T Default<T>(string key, T value, string text)
    {
        _effective[key] = new EffectiveSetting(text, IsSet: false);
        return value;
    }

    public void Refuse(string key, string value, string expected) =>
        _errors.Add(new SettingError(key, value, expected));
}
