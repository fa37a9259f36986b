namespace AkkaComfy.Emulator.Images;

/// <summary>Bytes that cannot be made into a picture: either kind of it.</summary>
public abstract class ImageException(string message, Exception? inner = null) : Exception(message, inner);
