using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace AkkaComfy.Core.Placement;

/// <summary>The policies by the names that settings use.</summary>
public static class Placements
{
    public const string Default = "least-loaded";

    private static readonly FrozenDictionary<string, IPlacement> All =
        new Dictionary<string, IPlacement>(StringComparer.Ordinal)
        {
            [Default] = new LeastLoaded(),
            ["round-robin"] = new RoundRobin(),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    public static bool ByName(string name, [NotNullWhen(true)] out IPlacement? placement) =>
        All.TryGetValue(name, out placement);
}
