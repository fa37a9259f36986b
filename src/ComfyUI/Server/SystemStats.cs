namespace AkkaComfy.ComfyUI;

/// <summary>What a server says of itself; sizes in bytes, null where it does not tell.</summary>
public sealed record SystemStats(string? Version, long? RamTotal, long? RamFree, IReadOnlyList<ComputeDevice> Devices)
{
    public string? PythonVersion { get; init; }

    public string? PytorchVersion { get; init; }

    /// <summary>As Python names it, such as <c>posix</c> or <c>nt</c>.</summary>
    public string? Os { get; init; }

    /// <summary>The oldest that was seen to leave other prompts alone; older ones do not even tell their version.</summary>
    private static readonly Version Targeting = new(0, 3, 64);

    /// <summary>Whether an interrupt hits only the prompt that it names, rather than whatever runs.</summary>
    public bool TargetsInterrupts =>
        System.Version.TryParse(Version?.TrimStart('v'), out var version) && version >= Targeting;
}

/// <summary>A device that a server computes on.</summary>
public sealed record ComputeDevice(string Name, string Type, long? VramTotal, long? VramFree);
