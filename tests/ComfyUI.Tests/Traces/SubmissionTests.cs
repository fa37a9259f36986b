using AkkaComfy.Traces;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class SubmissionTests
{
    private const string Errors = "06_validation_errors";

    /// <summary>Every 400 and 500 of the validation traces, by line, with what it is.</summary>
    [Theory]
    [InlineData(4, "", ComfyCause.MissingNodeClass, Blame.WorkerThisJob)]
    [InlineData(6, "required_input_missing", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(8, "invalid_input_type", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(10, "value_smaller_than_min", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(12, "value_bigger_than_max", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(33, "value_not_in_list", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(46, "exception_during_inner_validation", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(53, "bad_linked_input", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(55, "return_type_mismatch", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(57, "", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(59, "", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(65, "custom_validation_failed", ComfyCause.MissingFile, Blame.WorkerThisJob)]
    [InlineData(82, "", ComfyCause.ValidationRejected, Blame.Client)]
    [InlineData(84, "", ComfyCause.ValidationRejected, Blame.Client)]
    public async Task A_rejection_names_node_and_reason(int line, string type, ComfyCause cause, Blame blame)
    {
        var fault = await Recorded.RejectionAsync(Errors, line);

        Assert.Equal((cause, blame, false), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
        Assert.Equal(type, fault.NodeErrors.Count > 0 ? fault.NodeErrors[0].Type : "");
        Assert.Equal(type.Length > 0, fault.NodeId is not null);
        Assert.NotEmpty(fault.Message);
    }

    [Fact]
    public async Task A_rejections_message_is_ComfyUIs_own()
    {
        var fault = await Recorded.RejectionAsync(Errors, 10);

        Assert.Equal("node 2 (ImageScale): Value -5 smaller than min of 0 (width)", fault.Message);
        Assert.Equal("width", fault.NodeErrors[0].InputName);
    }

    [Theory]
    [InlineData("50_old_2023-12-31_all", 193)]
    [InlineData("50_old_2024-08-13_all", 215)]
    public async Task A_model_missing_from_the_list_is_the_workers_fault(string trace, int line)
    {
        var fault = await Recorded.RejectionAsync(trace, line);

        Assert.Equal((ComfyCause.MissingFile, Blame.WorkerThisJob), (fault.Cause, fault.Blame));
        Assert.Equal("UpscaleModelLoader", fault.NodeType);
    }

    [Fact]
    public async Task Node_errors_may_be_a_list_where_they_are_empty()
    {
        var fault = await Recorded.RejectionAsync("50_old_2024-08-13_all", 217);

        Assert.Equal(ComfyCause.MissingNodeClass, fault.Cause);
        Assert.Empty(fault.NodeErrors);
    }

    [Fact]
    public async Task An_accepted_prompt_may_have_lost_some_of_its_outputs()
    {
        var accepted = await Recorded.SubmitAsync(Errors, 67);

        Assert.Equal(36, accepted.Number);
        Assert.Equal(("4", "SaveImage", "exception_during_validation"), accepted.NodeErrors switch
        {
            [var error] => (error.NodeId, error.ClassType, error.Type),
            _ => default,
        });
    }

    [Fact]
    public async Task A_500_may_have_been_queued_all_the_same()
    {
        var duplicate = TraceFile.Read("10_client_prompt_id").Single(e => e is { Kind: "http", Status: 500 });

        var fault = await Recorded.RejectionAsync("10_client_prompt_id", duplicate.Line);

        Assert.Equal((ComfyCause.ServerError, Blame.Worker, true), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
        var queue = await Recorded.Client("10_client_prompt_id", 161).GetQueueAsync(CancellationToken.None);
        Assert.True(queue.IsPending("92bb31ca-43d6-4dcd-a070-5706803dc16f"));
    }

    [Fact]
    public async Task Too_large_a_prompt_was_surely_not_queued()
    {
        var fault = await Recorded.RejectionAsync("18_max_upload_size_1MB", 2);

        Assert.Equal((ComfyCause.RequestTooLarge, false), (fault.Cause, fault.OutcomeUnknown));
        Assert.Contains("Maximum request body size 1048576 exceeded", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"prompt_id": null}""")]
    [InlineData("<html>")]
    public async Task An_acceptance_without_id_leaves_the_outcome_unknown(string body)
    {
        var client = new StubHandler(_ => StubHandler.Json(body)).Client();

        var e = await Assert.ThrowsAsync<ComfyException>(() => client.SubmitAsync(
            new PromptRequest(new System.Text.Json.Nodes.JsonObject(), "p"), CancellationToken.None));

        Assert.Equal((ComfyCause.BadAnswer, true), (e.Fault.Cause, e.Fault.OutcomeUnknown));
    }
}
