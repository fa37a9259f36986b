using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AkkaComfy.ComfyUI.Tests;

public sealed class SubmitTests
{
    private const string Accepted = """{"prompt_id":"p-1","number":4,"node_errors":{}}""";

    [Fact]
    public async Task A_large_prompt_arrives_whole_and_with_its_length()
    {
        const int Length = 8 << 20;
        var arrived = 0;
        long? announced = null;
        var expect = "";
        await using var server = await LocalServer.StartAsync(async context =>
        {
            announced = context.Request.ContentLength;
            expect = context.Request.Headers.Expect.ToString();
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            arrived = body.RootElement.GetProperty("prompt").GetProperty("1").GetProperty("inputs")
                .GetProperty("image").GetBytesFromBase64().Length;
            await context.Response.WriteAsync(Accepted);
        });

        var accepted = await server.Client().SubmitAsync(Prompts.WithImage(Length), CancellationToken.None);

        Assert.Equal(("p-1", 4), (accepted.PromptId, accepted.Number));
        Assert.Equal(Length, arrived);
        Assert.InRange(announced!.Value, Length * 4L / 3, (Length * 4L / 3) + 1000);
        Assert.Equal("100-continue", expect);
    }

    [Fact]
    public async Task A_refusal_of_size_comes_before_the_body_is_sent()
    {
        var opened = 0;
        await using var server = await LocalServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 413;
            await context.Response.WriteAsync("Maximum request body size 1048576 exceeded");
        });
        var request = Prompts.WithImage(8 << 20, () =>
        {
            opened++;
            return new PatternStream(8 << 20);
        });

        var fault = await FaultAsync(server.Client(), request);

        Assert.Equal(
            (ComfyCause.RequestTooLarge, Blame.WorkerThisJob, false), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
        Assert.Equal(0, opened);
    }

    [Fact]
    public async Task A_refused_connection_surely_queued_nothing()
    {
        using var invoker = ComfyTransport.Create();
        var client = new ComfyClient(
            ComfyEndpoint.Parse(RawServer.Nobody()), invoker, new ComfyClientOptions(), TimeProvider.System);

        var fault = await FaultAsync(client, Prompts.Empty);

        Assert.Equal(
            (ComfyCause.ConnectionRefused, Blame.Network, false), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
        Assert.Contains("submitting a prompt at 127.0.0.1:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_reset_before_the_body_was_out_surely_queued_nothing()
    {
        await using var server = new RawServer(async stream => await RawServer.ReadHeadAsync(stream));
        using var invoker = ComfyTransport.Create();
        var client = new ComfyClient(
            ComfyEndpoint.Parse(server.Address), invoker, new ComfyClientOptions(), TimeProvider.System);

        var fault = await FaultAsync(client, Prompts.WithImage(30 << 20));

        Assert.Equal(
            (ComfyCause.ConnectionLost, Blame.Network, false), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
    }

    [Fact]
    public async Task A_connection_reset_after_the_body_was_out_leaves_the_outcome_unknown()
    {
        await using var server = new RawServer(async stream =>
        {
            await RawServer.ReadHeadAsync(stream);
            await stream.ReadExactlyAsync(new byte["""{"prompt_id":"p","extra_data":{},"prompt":{}}""".Length]);
        });
        using var invoker = ComfyTransport.Create();
        var client = new ComfyClient(
            ComfyEndpoint.Parse(server.Address), invoker, new ComfyClientOptions(), TimeProvider.System);

        var fault = await FaultAsync(client, Prompts.Empty);

        Assert.Equal(
            (ComfyCause.ConnectionLost, Blame.Network, true), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
    }

    [Fact]
    public async Task Silence_after_the_body_was_out_leaves_the_outcome_unknown()
    {
        var time = new ManualTime();
        var asked = new TaskCompletionSource();
        var stub = new StubHandler(async (_, ct) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
            return StubHandler.Json("{}");
        });

        var submitting = FaultAsync(stub.Client(new ComfyClientOptions(), time), Prompts.Empty);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(60));
        var fault = await submitting;

        Assert.Equal((ComfyCause.NoAnswer, Blame.Network, true), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_our_fault_and_queued_nothing()
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync(Accepted);
        });

        var fault = await FaultAsync(
            server.Client(), Prompts.WithImage(10, () => throw new FileNotFoundException("gone")));

        Assert.Equal(
            (ComfyCause.InputUnreadable, Blame.Us, false), (fault.Cause, fault.Blame, fault.OutcomeUnknown));
        Assert.Contains("input image of node 1", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ComfyFault> FaultAsync(ComfyClient client, PromptRequest request) =>
        (await Assert.ThrowsAsync<ComfyException>(() => client.SubmitAsync(request, CancellationToken.None))).Fault;
}
