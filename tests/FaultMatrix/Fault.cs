using System.Collections.Immutable;
using AkkaComfy.Emulator;
using AkkaComfy.Emulator.Faults;

namespace AkkaComfy.FaultMatrix;

/// <summary>A fault of an instance, for how long it lasts, and what it may cost.</summary>
/// <param name="HealsAfter">From its beginning until everything is called off.</param>
internal sealed record Fault(string Name, TimeSpan HealsAfter, params ImmutableArray<FaultRule> Rules)
{
    /// <summary>The codes with which a job may fail under it; none: every job can succeed, so every job must.</summary>
    public ImmutableHashSet<string> MayFailWith { get; init; } = [];

    /// <summary>Whether a result can be out of reach, so that only a second execution brings it.</summary>
    public bool MayRunTwice { get; init; }

    /// <summary>The release of ComfyUI that both instances play; null: the newest.</summary>
    public ComfyVersion? Version { get; init; }

    public void Strike(EmulatedComfy instance, int seed) => instance.Faults.Use(new FaultScript(seed, Rules));
}
