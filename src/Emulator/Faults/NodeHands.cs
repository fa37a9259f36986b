using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Faults;

/// <summary>What a fault in a node can do to the world around it.</summary>
/// <param name="Interrupts">Of the worker that runs the node.</param>
/// <param name="Exit">Ends the process, to be back after a while or not of itself; throws.</param>
/// <param name="WorkerDied">Tells that the worker is about to die, and when there shall be a new process.</param>
internal sealed record NodeHands(
    Interrupts Interrupts, PromptQueue Queue, Action<TimeSpan?> Exit, Action<TimeSpan?> WorkerDied)
{
    public void Interrupt() => Interrupts.Request();

    public void ClearQueue() => Queue.Clear();
}
