using AkkaComfy.Actors.Instance;
using AkkaComfy.ComfyUI;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Execution;

/// <summary>Whose prompts those in a queue are.</summary>
public sealed class StrayPromptsTests
{
    private static readonly JobId Job = JobId.New(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Only_what_carries_our_own_mark_is_ours_running_or_waiting()
    {
        var queue = new QueueSnapshot(
            [Item("running", Tag("us"))],
            [
                Item("waiting", Tag("us") with { Attempt = 2 }), Item("theirs", Tag("them")),
                Item("unmarked", Tag(null)), Item("a stranger's", null),
                Item("odd", new PromptTag("no job of ours", 1) { Gateway = "us" }),
            ]);

        Assert.Equal<TaggedPrompt>(
            [new("running", Job, 1), new("waiting", Job, 2)], StrayPrompts.Ours(queue, "us"));
    }

    private static PromptTag Tag(string? gateway) => new($"{Job}", 1) { Gateway = gateway };

    private static QueueItem Item(string promptId, PromptTag? tag) => new(0, promptId, null, tag);
}
