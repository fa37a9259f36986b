namespace AkkaComfy.ComfyUI.Tests;

public sealed class HistoryTests
{
    [Fact]
    public async Task A_success_has_outputs_messages_and_no_fault()
    {
        const string Trace = "01_success_a_emptyimage_scale_save";

        var entry = await Recorded.HistoryAsync(Trace, Frames.Prompts(Trace)[0]);

        Assert.NotNull(entry);
        Assert.Equal(HistoryOutcome.Succeeded, entry.Outcome);
        Assert.Null(entry.Fault);
        Assert.Equal(["start", "cached []", "success"], Said.InShort(entry.Messages));
        var output = Assert.Single(entry.Outputs);
        Assert.Equal(("3", "3", "images"), (output.NodeId, output.DisplayNode, output.Kind));
        Assert.Equal(new OutputFile("traceA_00001_.png", "", "output"), Assert.Single(output.Files));
    }

    [Fact]
    public async Task A_pending_prompt_has_none()
    {
        var pending = Recorded.Client("05_two_queued", 18);

        Assert.Null(await pending.GetHistoryAsync("8bebb521-cf27-463c-819e-0cd4daa2ba37", CancellationToken.None));
    }

    [Theory]
    [InlineData(0, ComfyCause.NodeFailed, Blame.WorkerThisJob, "RuntimeError", "ProbeWork was told to fail at step 3")]
    [InlineData(1, ComfyCause.BadInput, Blame.Client, "PIL.UnidentifiedImageError", "cannot identify image file")]
    [InlineData(2, ComfyCause.BadInput, Blame.Client, "binascii.Error", "Invalid base64-encoded string")]
    public async Task A_failed_run_says_what_was_raised_and_where(
        int prompt, ComfyCause cause, Blame blame, string type, string message)
    {
        const string Trace = "07_execution_error";

        var entry = await Recorded.HistoryAsync(Trace, Frames.Prompts(Trace)[prompt]);

        Assert.Equal(HistoryOutcome.Failed, entry!.Outcome);
        Assert.Equal((cause, blame, type), (entry.Fault!.Cause, entry.Fault.Blame, entry.Fault.ExceptionType));
        Assert.StartsWith(message, entry.Fault.Message, StringComparison.Ordinal);
        Assert.NotNull(entry.Fault.NodeId);
        Assert.NotNull(entry.Fault.NodeType);
    }

    [Fact]
    public async Task An_interrupt_is_an_error_with_another_last_word()
    {
        const string Trace = "08_interrupt";

        var entry = await Recorded.HistoryAsync(Trace, Frames.Prompts(Trace)[0]);

        Assert.Equal(HistoryOutcome.Interrupted, entry!.Outcome);
        Assert.Equal((ComfyCause.Interrupted, "2"), (entry.Fault!.Cause, entry.Fault.NodeId));
    }

    [Fact]
    public async Task A_blocked_run_is_a_success()
    {
        const string Trace = "27_expand_and_block";

        var entry = await Recorded.HistoryAsync(Trace, Frames.Prompts(Trace)[1]);

        Assert.Equal(HistoryOutcome.Succeeded, entry!.Outcome);
        Assert.Empty(entry.Outputs);
    }

    [Fact]
    public async Task Outputs_of_an_expanded_node_name_the_node_of_the_graph()
    {
        const string Trace = "27_expand_and_block";

        var entry = await Recorded.HistoryAsync(Trace, Frames.Prompts(Trace)[0]);

        Assert.Contains(entry!.Outputs, output => output is { NodeId: "5.0.0.2", DisplayNode: "5", Kind: "images" });
    }

    [Fact]
    public async Task Text_is_an_output_without_files()
    {
        const string Trace = "26_async_node_and_preview_temp";

        var entry = await Recorded.HistoryAsync(Trace, Frames.Prompts(Trace)[0]);

        var text = Assert.Single(entry!.Outputs, output => output.Kind is "text");
        Assert.Empty(text.Files);
        Assert.Equal(["hello"], text.Values);
        Assert.Contains(entry.Outputs, output => output.Files is [{ Type: "temp" }]);
    }

    [Theory]
    [InlineData(0, HistoryOutcome.Succeeded)]
    [InlineData(3, HistoryOutcome.Failed)]
    public async Task A_server_of_2023_keeps_no_status(int prompt, HistoryOutcome outcome)
    {
        const string Trace = "50_old_2023-12-31_all";

        var entry = await Recorded.HistoryAsync(Trace, Frames.Prompts(Trace)[prompt]);

        Assert.Equal(outcome, entry!.Outcome);
        Assert.Equal(outcome is HistoryOutcome.Failed ? ComfyCause.NoOutputs : null, entry.Fault?.Cause);
        Assert.Empty(entry.Messages);
    }

    [Fact]
    public async Task Outputs_of_any_kind_are_listed_and_the_tag_comes_back()
    {
        var client = new StubHandler(_ => StubHandler.Json("""
            {"p": {
              "prompt": [3, "p", {"9": {}}, {"client_id": "c", "akkacomfy": {
                "job": "j-1", "attempt": 2, "version": "v1", "limit_ms": 60000, "outputs": ["9"]}}, ["9"]],
              "outputs": {
                "9": {"gifs": [{"filename": "a.mp4", "subfolder": "v", "type": "output", "format": "video/h264-mp4"}],
                      "animated": [true], "audio": [{"filename": "b.flac"}], "caption": "a cat", "nothing": null,
                      "images": [null, {"subfolder": "no name"}, 7]},
                "10": []},
              "status": {"status_str": "success", "completed": true, "messages": []}}}
            """)).Client();

        var entry = await client.GetHistoryAsync("p", CancellationToken.None);

        Assert.Equal(new PromptTag("j-1", 2), entry!.Tag);
        Assert.Equal(("v1", TimeSpan.FromMinutes(1)), (entry.Terms!.Version, entry.Terms.Limit));
        Assert.Equal(["9"], entry.Terms.Outputs);
        Assert.Equal(
            [
                "gifs: a.mp4/v/output/video/h264-mp4 []", "animated:  []", "audio: b.flac//output/ []",
                "caption:  [a cat]", "nothing:  []", "images:  [7]",
            ],
            entry.Outputs.Select(output => $"{output.Kind}: {string.Join(' ', output.Files.Select(
                f => $"{f.Filename}/{f.Subfolder}/{f.Type}/{f.Format}"))} [{string.Join(' ', output.Values)}]"));
    }

    [Fact]
    public async Task An_error_without_a_reason_is_still_a_failure()
    {
        var client = new StubHandler(_ => StubHandler.Json("""
            {"p": {"outputs": {}, "status": {"status_str": "error", "completed": false, "messages": []}}}
            """)).Client();

        var entry = await client.GetHistoryAsync("p", CancellationToken.None);

        Assert.Equal((HistoryOutcome.Failed, ComfyCause.NodeFailed), (entry!.Outcome, entry.Fault!.Cause));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"p": null}""")]
    [InlineData("""{"p": [1]}""")]
    [InlineData("""{"p": {"outputs": """)]
    [InlineData("<html>gateway</html>")]
    public async Task What_is_no_history_is_a_bad_answer_and_not_a_lost_prompt(string body)
    {
        var client = new StubHandler(_ => StubHandler.Json(body)).Client();

        var e = await Assert.ThrowsAsync<ComfyException>(() => client.GetHistoryAsync("p", CancellationToken.None));

        Assert.Equal((ComfyCause.BadAnswer, Blame.Worker), (e.Fault.Cause, e.Fault.Blame));
    }
}
