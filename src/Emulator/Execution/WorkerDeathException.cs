namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// What a real ComfyUI does not survive: its worker thread ends while HTTP goes on, so that prompts are accepted and
/// never run.
/// </summary>
internal sealed class WorkerDeathException(string message) : Exception(message);
