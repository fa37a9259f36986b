using AkkaComfy.Actors.Tests.Faults.Support;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Faults.Instance;

/// <summary>A server that queues what was posted to it only when its job has long gone elsewhere.</summary>
public sealed class LateQueuedTests : VirtualTime
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_prompt_that_is_queued_after_its_attempt_was_given_up_is_removed(int secondsLate)
    {
        var instance = await AnInstance.StartAsync(this);
        instance.Comfy.Fail(Call.Submit, ScriptedComfy.Reset());
        var run = await instance.RunAsync();
        await instance.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("prompt_vanished",
            Assert.IsType<Executions.Faulted>(Assert.Single(instance.Ends(run))).Error.Code);
        await instance.ReleaseAsync(run);

        await instance.AdvanceAsync(TimeSpan.FromSeconds(secondsLate));
        var late = Assert.Single(instance.Comfy.Submissions);
        instance.Comfy.Queue(late.PromptId, late.Tag);
        await instance.AdvanceAsync(TimeSpan.FromSeconds(11 - secondsLate));
        var tagged = instance.Told<Instances.Tagged>().Last();
        Assert.Equal(run.JobId, Assert.Single(tagged.Prompts).Job);
        await instance.TellChildAsync("strays", new Instances.Strays(tagged.Prompts));

        Assert.False(instance.Comfy.Queues(late.PromptId));
        await instance.AdvanceAsync(TimeSpan.FromSeconds(2));
        await instance.EndAsync();
    }
}
