namespace AkkaComfy.Emulator.Execution;

/// <summary>
/// How an execution ended; <see cref="Lost"/> when the emulator stopped, or its worker died, under it.
/// </summary>
public enum ExecutionOutcome
{
    Running,
    Succeeded,
    Failed,
    Interrupted,
    Lost,
}
