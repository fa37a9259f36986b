using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator.Tests.Faults;

/// <summary>Faults of nodes and of the history that finished prompts leave.</summary>
public sealed class NodeFaultTests
{
    [Fact]
    public async Task Used_up_memory_is_reported_in_PyTorch_s_words()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new OutOfMemory { Node = "ProbeWork", Times = 1 });
        var error = LastMessage(await test.RunAsync(Prompts.Probe()));
        Assert.Equal("torch.OutOfMemoryError", (string?)error["exception_type"]);
        Assert.StartsWith(
            "Allocation on device \nThis error means you ran out of memory on your GPU.",
            (string?)error["exception_message"],
            StringComparison.Ordinal);
        Assert.Equal("ProbeWork", (string?)error["node_type"]);
        Assert.Equal("success", (string?)(await test.RunAsync(Prompts.Probe()))["status"]!["status_str"]);
    }

    [Fact]
    public async Task An_error_has_the_type_the_text_and_the_node_that_were_chosen()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new ExecutionError { Node = "3", Type = "ValueError", Text = "too bad" });
        var error = LastMessage(await test.RunAsync(Prompts.Probe()));
        Assert.Equal(
            ("ValueError", "too bad\n", "3"),
            ((string?)error["exception_type"], (string?)error["exception_message"], (string?)error["node_id"]));
    }

    [Fact]
    public async Task A_fault_may_strike_a_while_into_the_node_and_one_prompt_only()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        test.Comfy.Faults.Apply(new ExecutionError { Prompt = "struck", Node = "ProbeWork", AtMs = 700 });
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Probe(salt: 1), id: "spared"));
        await test.SubmitAsync(Prompts.Probe(salt: 2), id: "struck");
        await clock.TimerSetAsync(TimeSpan.FromSeconds(0.7));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(1), test.Comfy.WhenParked);
        var struck = await test.EndOfAsync("struck");
        Assert.Equal(ExecutionOutcome.Failed, struck.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(0.7), struck.EndClock - struck.StartClock);
    }

    [Fact]
    public async Task A_stranger_interrupts_what_runs_and_clears_what_waits()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        test.Comfy.Faults.Apply(new Stranger { Node = "ProbeWork", Deed = StrangerDeed.Both, AtMs = 300, Times = 1 });
        await test.SubmitAsync(Prompts.Probe(salt: 1), id: "running");
        await test.SubmitAsync(Prompts.Probe(salt: 2), id: "waiting");
        await clock.TimerSetAsync(TimeSpan.FromSeconds(0.3));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(0.3), test.Comfy.WhenParked);
        Assert.Equal(ExecutionOutcome.Interrupted, (await test.EndOfAsync("running")).Outcome);
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Probe(salt: 3), id: "later"));
        Assert.Equal(["running", "later"], test.Comfy.Ledger.Executions.Select(execution => execution.PromptId));
    }

    [Fact]
    public async Task History_comes_late_and_not_before()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        test.Comfy.Faults.Apply(new HistoryLate { DelayMs = 800 });
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(), id: "late"));
        await clock.TimerSetAsync(TimeSpan.FromSeconds(0.8));
        Assert.Empty((await test.GetAsync("/history/late")).AsObject());
        Assert.Empty((await test.GetAsync("/queue"))["queue_running"]!.AsArray());
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(0.8), test.Comfy.WhenParked);
        await test.Comfy.WhenHistoryCompleteAsync();
        Assert.NotEmpty((await test.GetAsync("/history/late")).AsObject());
    }

    [Fact]
    public async Task History_never_comes()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new HistoryMissing { Prompt = "lost" });
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(1), id: "lost"));
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(2), id: "kept"));
        Assert.Equal(["kept"], (await test.GetAsync("/history")).AsObject().Select(entry => entry.Key));
    }

    private static JsonNode LastMessage(JsonNode history) =>
        history["status"]!["messages"]!.AsArray()[^1]![1]!;
}
