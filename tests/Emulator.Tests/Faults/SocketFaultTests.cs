using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Faults.Kinds;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Tests.Faults;

public sealed class SocketFaultTests
{
    [Fact]
    public async Task A_missing_message_is_the_only_one_missing()
    {
        var types = await TypesOfRunAsync(new MissingMessage());
        Assert.DoesNotContain("executed", types);
        Assert.Equal(["execution_success", "status", "executing"], types[^3..]);
    }

    [Theory]
    [InlineData("executed", "executed")]
    [InlineData("execution_success", "execution_success")]
    [InlineData("executing_null", "executing")]
    public async Task A_duplicate_message_comes_as_often_as_told(string message, string type)
    {
        var normal = await TypesOfRunAsync(new DuplicateMessage { Message = "no such message" });
        var types = await TypesOfRunAsync(new DuplicateMessage { Message = message, Copies = 2 });
        Assert.Equal(normal.Count(one => one == type) + 2, types.Count(one => one == type));
    }

    [Fact]
    public async Task A_deaf_socket_stays_open_and_gets_nothing_and_a_new_one_hears_once_healed()
    {
        await using var test = await TestComfy.StartAsync();
        await using var deaf = await test.OpenSocketAsync("c");
        await deaf.ReadUntilAsync("status");
        test.Comfy.Faults.Apply(new DeafSocket());
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(1), "c"));
        test.Comfy.Faults.Heal();
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(2), "c"));
        await using var hearing = await test.OpenSocketAsync("c");
        await test.SubmitAsync(Prompts.Small(3), "c");
        await hearing.ReadUntilAsync("execution_success");
        Assert.Empty(await deaf.CloseAsync());
    }

    [Fact]
    public async Task A_silent_socket_hears_of_the_queue_only_though_the_prompt_runs_on()
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        test.Comfy.Faults.Apply(new SilentSocket { Message = "progress", After = 1 });
        var id = await test.SubmitAsync(Prompts.Probe(steps: 5), "c");
        Assert.Equal(ExecutionOutcome.Succeeded, (await test.EndOfAsync(id)).Outcome);
        var types = await RestAsync(socket);
        Assert.Single(types, "progress");
        Assert.Equal("status", types[^1]);
        Assert.DoesNotContain("execution_success", types);
    }

    [Fact]
    public async Task A_socket_struck_for_a_while_hears_again_after_it()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        test.Comfy.Faults.Apply(new DeafSocket { Times = 1, ForMs = 2000 });
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(1), "c"));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(2), test.Comfy.WhenParked);
        var heard = await test.SubmitAsync(Prompts.Small(2), "c");
        Assert.Equal(heard, (string?)(await socket.ReadUntilAsync("execution_success"))["prompt_id"]);
    }

    [Theory]
    [InlineData(SocketEnd.Reset)]
    [InlineData(SocketEnd.Cut)]
    [InlineData(SocketEnd.Close)]
    public async Task A_socket_ends_in_mid_run_right_after_the_message_and_a_new_one_may_come(SocketEnd how)
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        test.Comfy.Faults.Apply(new DropSocket { Message = "execution_cached", How = how, Times = 1 });
        var id = await test.SubmitAsync(Prompts.Probe(), "c");
        await socket.ReadUntilAsync("execution_cached");
        if (how == SocketEnd.Close)
        {
            Assert.Null(await socket.ReadAsync());
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(socket.ReadAsync);
        }

        Assert.Equal(ExecutionOutcome.Succeeded, (await test.EndOfAsync(id)).Outcome);
        await using var next = await test.OpenSocketAsync("d");
        await next.ReadUntilAsync("status");
    }

    [Theory]
    [InlineData(Malformation.BadJson, WebSocketMessageType.Text, 38)]
    [InlineData(Malformation.NoData, WebSocketMessageType.Text, 27)]
    [InlineData(Malformation.UnknownMessage, WebSocketMessageType.Text, 51)]
    [InlineData(Malformation.UnknownEvent, WebSocketMessageType.Binary, 8)]
    [InlineData(Malformation.TruncatedBinary, WebSocketMessageType.Binary, 6)]
    [InlineData(Malformation.Huge, WebSocketMessageType.Text, 4136)]
    public async Task A_malformed_frame_comes_before_the_message(
        Malformation how, WebSocketMessageType type, int length)
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        test.Comfy.Faults.Apply(new MalformedFrame { How = how, Message = "execution_start", Bytes = 4096 });
        await test.SubmitAsync(Prompts.Small(), "c");
        await socket.ReadUntilAsync("status");
        await socket.ReadUntilAsync("status");
        var malformed = (await socket.ReadAsync())!.Value;
        Assert.Equal((type, length), (malformed.Type, malformed.Bytes.Length));
        Assert.Equal("execution_start", (string?)(await socket.ReadJsonAsync())["type"]);
    }

    [Fact]
    public async Task Faults_of_answers_refuse_a_socket_or_leave_it_as_it_is()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new HttpError { When = Moment.After, Times = 1 }, new ResetMidBody { After = 1 });
        await Assert.ThrowsAsync<WebSocketException>(() => test.OpenSocketAsync("c"));
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
    }

    [Fact]
    public void A_text_that_is_no_UTF_8_takes_the_place_of_the_message()
    {
        using var plan = new FaultPlan(TimeProvider.System);
        plan.Apply(new MalformedFrame { How = Malformation.NotUtf8, Instead = true });
        var frames = new SocketFaults(plan, TimeProvider.System).Befall(Frames.Message("status", new JsonObject()));
        var bytes = Assert.Single(frames).Bytes.ToArray();
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        Assert.Throws<DecoderFallbackException>(() => strict.GetString(bytes));
    }

    private static async Task<List<string>> TypesOfRunAsync(FrameFault fault)
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync("c");
        test.Comfy.Faults.Apply(fault);
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(), "c"));
        return await RestAsync(socket);
    }

    private static async Task<List<string>> RestAsync(TestSocket socket) =>
        [.. (await socket.CloseAsync()).Select(bytes => (string)JsonNode.Parse(bytes)!["type"]!)];
}
