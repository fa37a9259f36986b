namespace AkkaComfy.Storage;

/// <summary>What is stored cannot be used by this program; its message names the file and the remedy.</summary>
public sealed class StoreRefusedException(string message, Exception? inner = null) : Exception(message, inner);
