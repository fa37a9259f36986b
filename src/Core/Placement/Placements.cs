using System.Collections.Frozen;

namespace AkkaComfy.Core.Placement;

/// <summary>The policies by the names that settings use.</summary>
public static class Placements
{
    public const string Default = "least-loaded";

    private static readonly FrozenDictionary<string, Func<Func<double>, IPlacement>> All =
        new Dictionary<string, Func<Func<double>, IPlacement>>(StringComparer.Ordinal)
        {
            [Default] = static _ => new LeastLoaded(),
            ["round-robin"] = static _ => new RoundRobin(),
            ["power-of-two"] = static chance => new PowerOfTwo(chance),
            ["weighted"] = static _ => new Weighted(),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The default first.</summary>
    public static IEnumerable<string> Names =>
        All.Keys.OrderBy(name => name != Default).ThenBy(name => name, StringComparer.Ordinal);

    /// <param name="chance">Uniform in [0, 1), for policies that draw.</param>
    /// <exception cref="ArgumentException">There is no policy of that name.</exception>
    public static IPlacement Create(string name, Func<double> chance) => All.TryGetValue(name, out var make)
        ? make(chance)
        : throw new ArgumentException($"unknown placement policy '{name}': {string.Join(", ", Names)}", nameof(name));
}
