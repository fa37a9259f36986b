namespace AkkaComfy.Emulator.Images;

/// <summary>The image may be valid, but is of a kind or size not read here; the message names which.</summary>
public sealed class UnsupportedImageException(string message) : ImageException(message);
