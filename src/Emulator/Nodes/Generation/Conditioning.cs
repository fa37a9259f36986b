namespace AkkaComfy.Emulator.Nodes.Generation;

/// <summary>What stands for an encoded text: the text, and whose encoder it was.</summary>
internal sealed record Conditioning(string Text, string Encoder);
