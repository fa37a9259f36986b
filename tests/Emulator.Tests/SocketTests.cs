using System.Net.WebSockets;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Faults;
using AkkaComfy.Emulator.Sockets;

namespace AkkaComfy.Emulator.Tests;

public sealed class SocketTests
{
    [Fact]
    public async Task Of_two_sockets_with_one_client_id_the_newer_is_served()
    {
        await using var test = await TestComfy.StartAsync();
        await using var older = await test.OpenSocketAsync("c");
        await older.ReadUntilAsync("status");
        await using var newer = await test.OpenSocketAsync("c");
        await test.SubmitAsync(Prompts.Small(), "c");
        await newer.ReadUntilAsync("executing", data => data["node"] is null);
        Assert.Empty(await older.CloseAsync());
    }

    [Fact]
    public async Task An_older_socket_that_closes_leaves_the_newer_deaf()
    {
        await using var test = await TestComfy.StartAsync();
        await using var older = await test.OpenSocketAsync("c");
        await using var newer = await test.OpenSocketAsync("c");
        await newer.ReadUntilAsync("status");
        await older.CloseAsync();
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Small(), "c"));
        Assert.Empty(await newer.CloseAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_read_delays_nobody()
    {
        await using var test = await TestComfy.StartAsync(new() { MaxQueuedFrames = 20_000 });
        await using var asleep = await test.OpenSocketAsync("asleep");
        await using var awake = await test.OpenSocketAsync("awake");
        const int steps = 5000;
        await test.SubmitAsync(Prompts.Probe(steps: steps));
        await awake.ReadUntilAsync("progress", data => (int)data["value"]! == steps);
        await awake.ReadUntilAsync("status", data => (int)data["status"]!["exec_info"]!["queue_remaining"]! == 0);
    }

    [Fact]
    public async Task A_client_too_far_behind_is_cut_off()
    {
        using var stuck = new StuckWebSocket();
        var frame = Frames.Message("status", new JsonObject());
        using var plan = new FaultPlan(TimeProvider.System);
        var faults = new SocketFaults(plan, TimeProvider.System);
        using var client = new ClientSocket("c", frame, maxQueuedFrames: 10, faults, reset: stuck.Abort);
        var closed = false;
        var serving = client.RunAsync(stuck, () => closed = true, CancellationToken.None);
        // One frame may be on its way while ten wait.
        for (var i = 0; i < 12; i++)
        {
            client.Offer(frame);
        }

        await serving.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(WebSocketState.Aborted, stuck.State);
        Assert.True(closed);
    }

    [Fact]
    public async Task Stopping_cuts_sockets_without_a_farewell()
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        await test.Comfy.KillAsync();
        await Assert.ThrowsAsync<WebSocketException>(socket.ReadAsync);
    }

    [Fact]
    public async Task A_socket_without_a_client_id_is_given_one()
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync(null);
        var status = await socket.ReadUntilAsync("status");
        Assert.Equal(32, ((string)status["sid"]!).Length);
    }
}
