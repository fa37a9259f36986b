namespace AkkaComfy.Emulator.Protocol;

/// <summary>An exception that a client of ComfyUI would see, by its Python type and message.</summary>
internal sealed class PythonException(string type, string message) : Exception(message)
{
    /// <summary>What PyTorch calls it when a GPU's memory is used up.</summary>
    public const string OutOfGpuMemory = "torch.OutOfMemoryError";

    public string Type { get; } = type;
}
