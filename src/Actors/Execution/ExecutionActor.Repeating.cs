using System.Collections.Immutable;
using AkkaComfy.ComfyUI;
using Microsoft.Extensions.Logging;

namespace AkkaComfy.Actors.Execution;

/// <content>
/// An answer out of ComfyUI's cache whose file is no longer there: the same attempt is posted once more, changed so that
/// the nodes which wrote the files write them again.
/// </content>
public sealed partial class ExecutionActor
{
    private ImmutableArray<string> _stale = [];

    /// <returns>
    /// False where that cannot help: the prompt really ran, was repeated already, or was posted by another version of its
    /// workflow than the one at hand.
    /// </returns>
    private bool Repeat(HistoryEntry entry)
    {
        var stale = CacheBreaker.StaleNodes(entry, _cached);
        if (!_stale.IsEmpty || stale.IsEmpty || _terms.Version != _workflow.Version)
        {
            return false;
        }

        _log.LogInformation(
            "Prompt {PromptId} on {Instance} was answered from the cache with files that are gone; it is run again",
            _promptId, _services.Id);
        Timers.CancelAll();
        (_stale, _started, _following, _hinted, _idIsCertain) = (stale, false, false, false, false);
        (_request, _finished) = (null, null);
        Place();
        return true;
    }

    /// <summary>What a repetition replaces is forgotten first: it has the same id, and would be taken for the new end.</summary>
    private async Task<PromptAccepted> PostAsync(PromptRequest request, CancellationToken cancellationToken)
    {
        if (!_stale.IsEmpty)
        {
            await Comfy.DeleteHistoryAsync(_promptId, cancellationToken);
        }

        return await Comfy.SubmitAsync(request, cancellationToken);
    }
}
