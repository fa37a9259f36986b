using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Execution;

/// <summary>What an execution's own asynchronous steps tell it; each carries the epoch in which it began.</summary>
internal static class Steps
{
    internal interface IStep
    {
        int Epoch { get; }
    }

    internal sealed record Placed(int Epoch, PromptRequest Request) : IStep;

    internal sealed record Submitted(int Epoch, PromptAccepted Accepted) : IStep;

    internal sealed record Looked(int Epoch, PromptSighting Sighting) : IStep;

    /// <summary>Deleted from the queue, or interrupted: to be verified by another look.</summary>
    internal sealed record Nudged(int Epoch) : IStep;

    internal sealed record Collected(int Epoch, CollectedOutputs Outputs) : IStep;

    internal sealed record Faulted(int Epoch, ComfyFault Fault) : IStep;

    internal sealed record Forgotten(int Epoch) : IStep;
}
