using AkkaComfy.Actors.Execution;
using AkkaComfy.Actors.Tests.Support;
using AkkaComfy.ComfyUI;

namespace AkkaComfy.Actors.Tests.Execution;

/// <summary>What an end without a status means.</summary>
public sealed class StatuslessEndTests
{
    private static readonly ComfyFault Raised = new(ComfyCause.NodeFailed, Blame.WorkerThisJob, "it broke");

    private static readonly ComfyFault Stopped = FaultClassifier.Interrupted("2", "InspyrenetRembg");

    [Fact]
    public void With_all_its_outputs_it_is_a_success() =>
        Assert.Equal(HistoryOutcome.Succeeded, Judge(Entry("3")).Outcome);

    [Theory]
    [InlineData]
    [InlineData("7")]
    public void Without_all_its_outputs_it_is_a_failure(params string[] made)
    {
        var end = Judge(Entry(made));

        Assert.Equal((HistoryOutcome.Failed, ComfyCause.NoOutputs), (end.Outcome, end.Fault!.Cause));
    }

    [Fact]
    public void What_the_socket_said_went_wrong_counts_more_than_outputs()
    {
        var end = Judge(Entry("3"), heard: Raised);

        Assert.Equal((HistoryOutcome.Failed, Raised), (end.Outcome, end.Fault));
    }

    [Fact]
    public void What_the_socket_said_was_interrupted_is_interrupted() =>
        Assert.Equal(HistoryOutcome.Interrupted, Judge(Entry(), heard: Stopped).Outcome);

    [Fact]
    public void What_was_told_to_stop_has_stopped_though_nobody_heard_it() =>
        Assert.Equal(HistoryOutcome.Interrupted, Judge(Entry(), interrupted: true).Outcome);

    [Fact]
    public void What_was_told_to_stop_and_is_complete_all_the_same_has_succeeded() =>
        Assert.Equal(HistoryOutcome.Succeeded, Judge(Entry("3"), interrupted: true).Outcome);

    [Fact]
    public void An_error_that_came_before_the_interrupt_is_the_reason() =>
        Assert.Equal(Raised, Judge(Entry(), heard: Raised, interrupted: true).Fault);

    [Fact]
    public void Where_there_is_a_status_nothing_else_counts()
    {
        var entry = Entry("3") with { KeepsNoStatus = false, Outcome = HistoryOutcome.Succeeded };

        Assert.Same(entry, Judge(entry, heard: Raised));
    }

    private static HistoryEntry Judge(HistoryEntry entry, ComfyFault? heard = null, bool interrupted = false) =>
        StatuslessEnd.Judge(entry, ["3"], heard, interrupted);

    private static HistoryEntry Entry(params string[] made) => new(
        "p",
        made.Length > 0 ? HistoryOutcome.Succeeded : HistoryOutcome.Failed,
        [.. made.Select(node => new NodeOutput(node, node, "images", [new OutputFile("a.png", "", "output")], []))])
    {
        KeepsNoStatus = true,
    };
}
