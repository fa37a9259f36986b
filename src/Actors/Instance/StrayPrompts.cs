using System.Collections.Immutable;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Instance;

/// <summary>Which prompts in a server's queue this gateway put there.</summary>
public static class StrayPrompts
{
    /// <param name="gateway">The mark of this gateway; what carries another's, or none, is not ours.</param>
    public static ImmutableArray<TaggedPrompt> Ours(QueueSnapshot queue, string gateway)
    {
        var ours = ImmutableArray.CreateBuilder<TaggedPrompt>();
        foreach (var item in queue.Running.Concat(queue.Pending))
        {
            if (item.Tag is { } tag && tag.Gateway == gateway && JobId.TryParse(tag.Job, out var job))
            {
                ours.Add(new TaggedPrompt(item.PromptId, job, tag.Attempt));
            }
        }

        return ours.ToImmutable();
    }
}
