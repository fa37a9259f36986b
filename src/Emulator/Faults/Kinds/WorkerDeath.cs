using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Faults.Kinds;

/// <summary>The worker thread dies in a node; HTTP lives on, prompts are accepted and never run.</summary>
public sealed record WorkerDeath : DeadlyFault
{
    internal override void Strike(NodeHands hands)
    {
        hands.WorkerDied(BackAfter);
        throw new WorkerDeathException("a fault of the plan");
    }
}
