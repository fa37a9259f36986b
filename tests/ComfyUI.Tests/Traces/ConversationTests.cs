namespace AkkaComfy.ComfyUI.Tests;

public sealed class ConversationTests
{
    [Fact]
    public void A_run_is_told_in_order()
    {
        Assert.Equal(
            [
                "status 0 sid", "status 1", "status 1", "start", "cached []",
                "state 1=running", "executing 1", "state 1=finished",
                "state 1=finished 2=running", "executing 2", "state 1=finished 2=finished",
                "state 1=finished 2=finished 3=running", "executing 3", "executed 3: images",
                "state 1=finished 2=finished 3=finished",
                "success", "status 0", "left",
            ],
            Said.InShort(Frames.Of("01_success_a_emptyimage_scale_save")));
    }

    [Fact]
    public void Progress_names_its_node_and_its_prompt()
    {
        var prompt = Assert.Single(Frames.Prompts("01b_success_a_with_progress"));

        var steps = Frames.OfPrompt("01b_success_a_with_progress", prompt).OfType<ComfyMessage.Progress>().ToArray();

        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.Equal(("2", prompt), (step.NodeId, step.PromptId)));
        Assert.Equal(Enumerable.Range(1, steps.Length).Select(i => (double)i), steps.Select(step => step.Value));
        Assert.Equal(steps.Length, steps[^1].Max);
    }

    [Fact]
    public void A_cached_rerun_lists_its_nodes_and_repeats_the_old_file()
    {
        var rerun = Frames.OfPrompt("04_cached_rerun", Frames.Prompts("04_cached_rerun")[1]);

        Assert.Equal(["start", "cached [1 2 3]", "executed 3: images", "success", "left"], Said.InShort(rerun));
        var file = Assert.Single(rerun.OfType<ComfyMessage.Executed>()).Outputs[0].Files[0];
        Assert.Equal(new OutputFile("cached_00001_.png", "", "output"), file);
    }

    [Fact]
    public void An_interrupted_run_ends_without_success()
    {
        var run = Frames.OfPrompt("08_interrupt", Frames.Prompts("08_interrupt")[0]);

        Assert.Equal(["interrupted at 2", "left"], Said.InShort(run)[^2..]);
        Assert.Equal("ProbeWork", run.OfType<ComfyMessage.ExecutionInterrupted>().Single().NodeType);
    }

    [Fact]
    public void An_interrupt_during_the_last_node_is_swallowed()
    {
        var said = Said.InShort(Frames.Of("08b_interrupt_during_last_node"));

        Assert.Contains("success", said);
        Assert.DoesNotContain(said, word => word.StartsWith("interrupted", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_reconnect_the_first_word_names_the_node_but_no_prompt()
    {
        var second = Frames.Of("11_ws_reconnect_same_clientid", "ws2");

        Assert.Equal(["status 1 sid", "executing 2"], Said.InShort(second)[..2]);
        Assert.Null(Assert.IsType<ComfyMessage.Executing>(second[1]).PromptId);
        Assert.Equal(5, second.OfType<ComfyMessage.Progress>().First().Value);
    }

    [Fact]
    public void A_reconnect_after_the_end_is_told_nothing_of_it()
    {
        Assert.Equal(["status 0 sid"], Said.InShort(Frames.Of("11_ws_reconnect_same_clientid", "ws3")));
    }

    [Fact]
    public void An_expanded_node_says_which_node_of_the_graph_it_stands_for()
    {
        var run = Frames.OfPrompt("27_expand_and_block", Frames.Prompts("27_expand_and_block")[0]);

        var inner = run.OfType<ComfyMessage.Executing>().Where(m => m.NodeId is "5.0.0.1" or "5.0.0.2").ToArray();
        Assert.Equal(2, inner.Length);
        Assert.All(inner, m => Assert.Equal("5", m.DisplayNode));
        Assert.Contains(run.OfType<ComfyMessage.Executed>(), m => m is { NodeId: "5.0.0.2", DisplayNode: "5" });
    }

    [Fact]
    public void A_blocked_node_is_an_error_after_which_the_run_succeeds()
    {
        var run = Frames.OfPrompt("27_expand_and_block", Frames.Prompts("27_expand_and_block")[1]);

        Assert.Equal(["error ExecutionBlocked at 3", "success", "left"], Said.InShort(run)[^3..]);
        Assert.False(run.OfType<ComfyMessage.ExecutionError>().Single().Fault.Terminal);
    }

    [Fact]
    public void A_missing_model_is_the_workers_fault()
    {
        var error = Frames.Of("06_validation_errors").OfType<ComfyMessage.ExecutionError>().First();

        Assert.Equal((ComfyCause.MissingFile, Blame.WorkerThisJob), (error.Fault.Cause, error.Fault.Blame));
        Assert.Equal(
            ("2", "UpscaleModelLoader", "Model in folder 'upscale_models' with filename 'missing.pth' not found."),
            (error.Fault.NodeId, error.Fault.NodeType, error.Fault.Message));
    }

    [Fact]
    public void A_prompt_without_client_id_is_told_to_nobody_but_its_progress_to_all()
    {
        var said = Said.InShort(Frames.Of("13_no_client_id_and_foreign_client"));

        Assert.Contains(said, word => word.StartsWith("progress", StringComparison.Ordinal));
        Assert.Contains(said, word => word.StartsWith("status", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("50_old_2023-12-31_all", false)]
    [InlineData("50_old_2024-08-13_all", true)]
    public void Servers_of_old_tell_less(string trace, bool success)
    {
        var prompt = Frames.Prompts(trace)[0];
        var run = Frames.Of(trace).Where(m => m is not ComfyMessage.Status).TakeWhile(
            m => m is not ComfyMessage.Executing { NodeId: null }).ToArray();

        Assert.IsType<ComfyMessage.ExecutionStart>(run[0]);
        Assert.Equal(success, run[^1] is ComfyMessage.ExecutionSuccess);
        Assert.Equal(success, run.OfType<ComfyMessage.Progress>().All(m => m.PromptId == prompt && m.NodeId is "2"));
        Assert.All(run.OfType<ComfyMessage.Executing>(), m => Assert.Equal(m.NodeId, m.DisplayNode));
        Assert.Equal(success, run.OfType<ComfyMessage.ExecutionStart>().Single().At is not null);
        Assert.DoesNotContain(run, m => m is ComfyMessage.ProgressState);
    }
}
