namespace AkkaComfy.Emulator.Images;

/// <summary>The file says it is an image but breaks the rules of its format, or ends too early.</summary>
public sealed class CorruptImageException(string message, Exception? inner = null) : ImageException(message, inner);
