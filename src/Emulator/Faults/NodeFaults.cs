using AkkaComfy.Emulator.Connections;
using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator.Faults;

/// <summary>Lets the plan's faults befall nodes that are about to run, and finished prompts.</summary>
internal sealed class NodeFaults(FaultPlan plan, StallGate gate, TimeProvider time, NodeHands hands)
{
    /// <summary>Completes as soon as the process is not frozen.</summary>
    public async Task PassAsync(CancellationToken stopping)
    {
        await gate.PassAsync();
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>A node runs; what this throws is how it ends.</summary>
    public async Task BefallAsync(string prompt, string node, string nodeClass, CancellationToken stopping)
    {
        foreach (var fault in plan.Striking<NodeFault>(fault => fault.Matches(prompt, node, nodeClass)))
        {
            if (fault.AtMs > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(fault.AtMs), time, stopping);
                await PassAsync(stopping);
            }

            fault.Strike(hands);
        }
    }

    /// <summary>The fault that befalls a finished prompt's history entry, or null.</summary>
    public HistoryFault? OfHistory(string prompt) =>
        plan.Striking<HistoryFault>(fault => fault.Matches(prompt)) is [var fault, ..] ? fault : null;
}
