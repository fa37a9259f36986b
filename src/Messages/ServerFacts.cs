using System.Collections.Immutable;

namespace AkkaComfy.Messages;

/// <summary>What an instance's ComfyUI said of itself; sizes in bytes, null where it does not tell.</summary>
/// <param name="At">When the last probe that it answered was.</param>
/// <param name="Version">Of ComfyUI; those of 2024 and before do not tell.</param>
/// <param name="Os">As Python names it, such as <c>posix</c> or <c>nt</c>.</param>
public sealed record ServerFacts(
    DateTimeOffset At,
    string? Version,
    string? PythonVersion,
    string? PytorchVersion,
    string? Os,
    long? RamTotal,
    long? RamFree,
    ImmutableArray<DeviceFacts> Devices);

/// <summary>A device that an instance computes on; sizes in bytes, null where it does not tell.</summary>
public sealed record DeviceFacts(string Name, string Type, long? VramTotal, long? VramFree);
