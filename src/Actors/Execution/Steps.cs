using AkkaComfy.ComfyUI;
using AkkaComfy.Storage;

namespace AkkaComfy.Actors.Execution;

/// <summary>What an execution's own asynchronous steps tell it; each carries the token of the step that began it.</summary>
/// <remarks>A token rather than a number: after a restart numbers would begin anew and match what is stale.</remarks>
internal static class Steps
{
    internal interface IStep
    {
        object Epoch { get; }
    }

    internal sealed record Placed(object Epoch, PromptRequest Request) : IStep;

    internal sealed record Submitted(object Epoch, PromptAccepted Accepted) : IStep;

    internal sealed record Looked(object Epoch, PromptSighting Sighting) : IStep;

    /// <summary>Deleted from the queue, or interrupted: to be verified by another look.</summary>
    internal sealed record Nudged(object Epoch) : IStep;

    internal sealed record Collected(
        object Epoch, CollectedOutputs Outputs, CancellationTokenRegistration Guard) : IStep;

    /// <summary>The outputs are on the instance, and here is no room for them.</summary>
    internal sealed record NotStored(object Epoch, StoreUnavailableException Why) : IStep;

    internal sealed record Faulted(object Epoch, ComfyFault Fault) : IStep;

    internal sealed record Forgotten(object Epoch) : IStep;
}
