namespace AkkaComfy.Emulator.Protocol;

/// <summary>An exception that a client of ComfyUI would see, by its Python type and message.</summary>
internal sealed class PythonException(string type, string message) : Exception(message)
{
    public string Type { get; } = type;
}
