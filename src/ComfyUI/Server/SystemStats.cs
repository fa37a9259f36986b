namespace AkkaComfy.ComfyUI;

/// <summary>What a server says of itself; sizes in bytes, null where it does not tell.</summary>
public sealed record SystemStats(string? Version, long? RamTotal, long? RamFree, IReadOnlyList<ComputeDevice> Devices);

/// <summary>A device that a server computes on.</summary>
public sealed record ComputeDevice(string Name, string Type, long? VramTotal, long? VramFree);
