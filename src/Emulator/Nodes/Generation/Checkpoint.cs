namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>What stands for the parts of a loaded checkpoint: its name is all there is of it.</summary>
internal sealed record Checkpoint(string Name);
