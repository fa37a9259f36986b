using System.Text.Json;
using AkkaComfy.Host.Problems;
using AkkaComfy.Messages;
using AkkaComfy.Storage;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.Host.Tests.Problems;

public class ProblemMappingTests
{
    [Theory]
    [InlineData(RefusalReason.UnknownJob, 404, "unknown_job")]
    [InlineData(RefusalReason.UnknownWorkflow, 404, "unknown_workflow")]
    [InlineData(RefusalReason.UnknownInstance, 404, "unknown_instance")]
    [InlineData(RefusalReason.AlreadyEnded, 409, "already_ended")]
    [InlineData(RefusalReason.QueueFull, 429, "queue_full")]
    [InlineData(RefusalReason.NoHealthyInstance, 503, "no_healthy_instance")]
    [InlineData(RefusalReason.ShuttingDown, 503, "shutting_down")]
    [InlineData(RefusalReason.StoreUnavailable, 503, "store_unavailable")]
    [InlineData(RefusalReason.StoreFull, 507, "store_full")]
    public void A_refusal_has_its_status_and_code(RefusalReason reason, int status, string code)
    {
        var problem = ProblemMapping.From(new Refusal(reason, "Why."));

        Assert.Equal((status, code, "Why."), (problem.Status, problem.Code, problem.Error));
        Assert.Equal(status is 429 or 503 or 507, problem.RetryAfter is not null);
    }

    [Theory]
    [InlineData(StoreFault.Full, 507, "store_full")]
    [InlineData(StoreFault.ReadOnly, 503, "store_unavailable")]
    [InlineData(StoreFault.Damaged, 503, "store_unavailable")]
    public void A_store_that_cannot_work_is_told_without_its_paths(StoreFault fault, int status, string code)
    {
        var problem = ProblemMapping.From(new StoreUnavailableException(fault, "/secret/jobs.db"));

        Assert.Equal((status, code), (problem.Status, problem.Code));
        Assert.DoesNotContain("secret", problem.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_of_refusal_is_mapped() => Assert.All(
        Enum.GetValues<RefusalReason>(), reason => ProblemMapping.From(new Refusal(reason, "Why.")));

    [Theory]
    [InlineData("node_failed", Blame.Client, 422)]
    [InlineData("model_missing", Blame.WorkerThisJob, 422)]
    [InlineData("attempts_exhausted", Blame.Worker, 502)]
    [InlineData("attempts_exhausted", Blame.Network, 502)]
    [InlineData("poison_job", Blame.Worker, 502)]
    [InlineData("attempts_exhausted", Blame.Interrupted, 502)]
    [InlineData("timeout", Blame.Timeout, 504)]
    [InlineData("bug", Blame.Us, 500)]
    public void A_failed_job_has_the_status_of_whose_fault_it_was(string code, Blame blame, int status)
    {
        var job = JobId.New(DateTimeOffset.UnixEpoch);

        var problem = ProblemMapping.From(
            new JobError(code, blame, "ComfyUI's words.") { NodeId = "2", NodeType = "Rembg" }, job);

        Assert.Equal((status, code, "ComfyUI's words."), (problem.Status, problem.Code, problem.Error));
        Assert.Equal((job, "2", "Rembg"), (problem.JobId, problem.NodeId, problem.NodeType));
    }

    [Fact]
    public async Task A_problem_is_written_as_RFC_9457_has_it_with_code_and_error()
    {
        var job = JobId.New(DateTimeOffset.UnixEpoch);
        var problem = Problem.Fields("invalid_input", ("a", "first"), ("b", "second"), ("a", "third"));

        var body = await WriteAsync(problem with { RetryAfter = TimeSpan.FromSeconds(1.2), JobId = job });

        Assert.Equal(
            $$$"""
            {"type":"about:blank","title":"Bad Request","status":400,"detail":"first.","instance":"/api/x",
            "code":"invalid_input","error":"first.","request_id":"r-1","job_id":"{{{job}}}",
            "errors":{"a":["first","third"],"b":["second"]}}
            """.ReplaceLineEndings(""),
            body.Text);
        Assert.Equal("application/problem+json", body.Response.ContentType);
        Assert.Equal(400, body.Response.StatusCode);
        Assert.Equal("2", body.Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_a_client_sent_is_quoted_but_not_at_length()
    {
        var body = await WriteAsync(ProblemMapping.UnknownJob(new string('x', 5000)));

        Assert.True(body.Text.Length < 500);
        Assert.Equal("unknown_job", JsonDocument.Parse(body.Text).RootElement.GetProperty("code").GetString());
    }

    private static async Task<(string Text, HttpResponse Response)> WriteAsync(Problem problem)
    {
        var context = new DefaultHttpContext { TraceIdentifier = "r-1" };
        context.Request.Path = "/api/x";
        using var written = new MemoryStream();
        context.Response.Body = written;
        await new ProblemResult(problem).ExecuteAsync(context);
        return (System.Text.Encoding.UTF8.GetString(written.ToArray()), context.Response);
    }
}
