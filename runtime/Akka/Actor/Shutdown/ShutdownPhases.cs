using Akka.Configuration;

namespace Akka.Actor;

/// <summary>How one phase of the shutdown runs.</summary>
/// <param name="DependsOn">The phases that must have run before.</param>
/// <param name="Timeout">How long its tasks may take together.</param>
/// <param name="Recover">Whether the shutdown goes on when a task fails or the phase times out.</param>
/// <param name="Enabled">Whether its tasks run at all.</param>
internal sealed record ShutdownPhase(IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled);

/// <summary>The phases of the shutdown as configured, and their order.</summary>
internal static class ShutdownPhases
{
    public static Dictionary<string, ShutdownPhase> Read(Config config)
    {
        var timeout = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5));
        var phases = config.GetConfig("phases");
        return phases is null ? [] : phases.AsEnumerable().ToDictionary(
            phase => phase.Key,
            phase =>
            {
                var settings = new Config(new Configuration.Hocon.HoconRoot(phase.Value));
                return new ShutdownPhase(
                    [.. settings.GetStringList("depends-on")],
                    settings.GetTimeSpan("timeout", timeout, allowInfinite: false),
                    settings.GetBoolean("recover", true), settings.GetBoolean("enabled", true));
            },
            StringComparer.Ordinal);
    }

    /// <summary>Every phase named, each after those it depends on.</summary>
    /// <exception cref="ArgumentException">Phases depend on each other in a circle.</exception>
    public static List<string> Sort(IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        var sorted = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var pending = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in phases.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return sorted;

        void Visit(string name)
        {
            if (done.Contains(name))
                return;
            if (!pending.Add(name))
                throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. Phase [{name}] "
                    + "depends transitively on itself.");
            if (phases.TryGetValue(name, out var phase))
                foreach (var before in phase.DependsOn)
                    Visit(before);
            done.Add(name);
            sorted.Add(name);
        }
    }
}
