namespace AkkaComfy.Emulator.Nodes;

/// <summary>What stands for a loaded model: a name and how much it enlarges.</summary>
internal sealed record UpscaleModel(string Name, int Factor);
