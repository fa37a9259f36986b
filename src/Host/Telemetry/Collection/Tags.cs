using System.Globalization;

namespace AkkaComfy.Host.Telemetry.Collection;

/// <summary>The labels of one series; their order does not matter.</summary>
internal sealed class Tags
{
    /// <summary>As OpenTelemetry marks the series that takes what is beyond the limit.</summary>
    public static Tags Overflow { get; } = new([new("otel_metric_overflow", "true")]);

    private readonly KeyValuePair<string, object?>[] _tags;

    private Tags(ReadOnlySpan<KeyValuePair<string, object?>> tags) => _tags = tags.ToArray();

    public IEnumerable<KeyValuePair<string, string>> Text => _tags
        .Select(tag => KeyValuePair.Create(tag.Key, Word(tag.Value)))
        .OrderBy(tag => tag.Key, StringComparer.Ordinal);

    private static string Word(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Finds a series by the tags of a measurement, without making an object of them.</summary>
    internal sealed class Comparer :
        IEqualityComparer<Tags>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, Tags>
    {
        public static Comparer Instance { get; } = new();

        public Tags Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate);

        public bool Equals(Tags? x, Tags? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x._tags, y));

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, Tags other)
        {
            if (alternate.Length != other._tags.Length)
            {
                return false;
            }

            foreach (var tag in alternate)
            {
                if (!Has(other._tags, tag))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(Tags obj) => GetHashCode(obj._tags);

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var sum = alternate.Length;
            foreach (var tag in alternate)
            {
                sum = unchecked(sum + HashCode.Combine(tag.Key, tag.Value));
            }

            return sum;
        }

        private static bool Has(KeyValuePair<string, object?>[] tags, KeyValuePair<string, object?> wanted)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == wanted.Key && Equals(tag.Value, wanted.Value))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
