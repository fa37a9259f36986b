using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Emulator.Faults.Kinds;

namespace AkkaComfy.Emulator.Tests.Faults;

/// <summary>Faults of the whole process and of its port.</summary>
public sealed class ProcessFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_refusing_port_refuses_cuts_what_is_open_and_lets_prompts_run_on()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        var running = await test.SubmitAsync(Prompts.Probe(seconds: 1));
        await test.StartOfAsync(running);
        test.Comfy.Faults.Apply(new RefuseConnections { Until = 2 });
        Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(test));
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReadUntilAsync("execution_success"));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(1.5), test.Comfy.WhenParked);
        Assert.Equal(ExecutionOutcome.Succeeded, (await test.EndOfAsync(running)).Outcome);
        Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(test));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(2), test.Comfy.WhenParked);
        Assert.Equal(SocketError.Success, await ConnectAsync(test));
        Assert.NotEmpty((await test.GetAsync("/history")).AsObject());
    }

    [Fact]
    public async Task A_refusing_port_may_spare_what_is_open()
    {
        await using var test = await TestComfy.StartAsync();
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        test.Comfy.Faults.Apply(new RefuseConnections { Cut = false });
        Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(test));
        Assert.Equal(1, test.Comfy.OpenConnections);
        test.Comfy.Faults.Heal();
        await test.SubmitAsync(Prompts.Small(), "c");
        await socket.ReadUntilAsync("execution_success");
    }

    [Fact]
    public async Task Connections_are_reset_at_once_as_often_as_told()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new ResetConnections { Times = 2 });
        Assert.Equal(SocketError.ConnectionReset, await ReadAsync(test));
        Assert.Equal(SocketError.ConnectionReset, await ReadAsync(test));
        await test.GetAsync("/queue");
    }

    [Fact]
    public async Task A_frozen_process_lets_in_answers_nothing_and_runs_nothing_until_it_goes_on()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        await using var socket = await test.OpenSocketAsync("c");
        await socket.ReadUntilAsync("status");
        var running = await test.SubmitAsync(Prompts.Probe(seconds: 1), "c");
        await test.StartOfAsync(running);
        // In its sleep already: one that began it only after the freeze would wait for a clock that nobody moves.
        await test.Comfy.WhenParked();
        test.Comfy.Faults.Apply(new Freeze());
        var asked = test.GetAsync("/queue");
        Assert.Equal(SocketError.Success, await ConnectAsync(test));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(10), test.Comfy.WhenParked);
        Assert.Equal(ExecutionOutcome.Running, (await test.StartOfAsync(running)).Outcome);
        Assert.False(asked.IsCompleted);
        test.Comfy.Faults.Heal();
        await asked.WaitAsync(Patience);
        await socket.ReadUntilAsync("execution_success");
        Assert.Equal(ExecutionOutcome.Succeeded, (await test.EndOfAsync(running)).Outcome);
    }

    [Fact]
    public async Task What_was_posted_to_a_frozen_process_runs_once_it_goes_on_though_the_sender_has_left()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new Freeze());
        using (var impatient = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            var body = new JsonObject { ["prompt"] = Prompts.Small(), ["prompt_id"] = "left behind" }.ToJsonString();
            var request = $"POST /prompt HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            await impatient.ConnectAsync("127.0.0.1", test.Comfy.Port);
            await impatient.SendAsync(Encoding.ASCII.GetBytes(request));
        }

        test.Comfy.Faults.Heal();
        Assert.Equal(ExecutionOutcome.Succeeded, (await test.EndOfAsync("left behind")).Outcome);
    }

    [Fact]
    public async Task A_frozen_process_can_be_killed_and_its_work_is_lost()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        var running = await test.SubmitAsync(Prompts.Probe(seconds: 1));
        await test.StartOfAsync(running);
        test.Comfy.Faults.Apply(new Freeze());
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(2), test.Comfy.WhenParked);
        await test.Comfy.KillAsync().WaitAsync(Patience);
        Assert.Equal(ExecutionOutcome.Lost, (await test.EndOfAsync(running)).Outcome);
    }

    [Fact]
    public async Task A_restart_loses_queue_history_and_numbers_and_keeps_port_files_and_ledger()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        await test.RunAsync(Prompts.Small());
        await test.SubmitAsync(Prompts.Probe(seconds: 3600), id: "lost");
        await test.SubmitAsync(Prompts.Probe(salt: 2), id: "never run");
        await test.StartOfAsync("lost");
        test.Comfy.Faults.Apply(new Restart { From = 1, BackAfterMs = 500 });
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(1), test.Comfy.WhenParked);
        Assert.Equal(ExecutionOutcome.Lost, (await test.EndOfAsync("lost")).Outcome);
        await clock.TimerSetAsync(TimeSpan.FromSeconds(1.5));
        Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(test));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(1.5), () => Task.CompletedTask);
        await test.Comfy.WhenSettled().WaitAsync(Patience);
        Assert.Empty((await test.GetAsync("/history")).AsObject());
        Assert.Equal(0, (int)(await test.GetAsync("/prompt"))["exec_info"]!["queue_remaining"]!);
        Assert.NotEmpty(await test.Http.GetByteArrayAsync("/view?filename=test_00001_.png"));
        var answer = await test.PostAsync("/prompt", new JsonObject { ["prompt"] = Prompts.Small() });
        Assert.Equal(0, (int)answer["body"]!["number"]!);
        await test.EndOfAsync((string)answer["body"]!["prompt_id"]!);
        Assert.Equal(
            [ExecutionOutcome.Succeeded, ExecutionOutcome.Lost, ExecutionOutcome.Succeeded],
            test.Comfy.Ledger.Executions.Select(execution => execution.Outcome));
    }

    [Fact]
    public async Task After_a_restart_it_may_be_another_release()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new Restart { BackAfterMs = 0, Version = "2023-12-31" });
        await test.Comfy.WhenSettled().WaitAsync(Patience);
        Assert.Null((await test.RunAsync(Prompts.Small()))["status"]);
        test.Comfy.Faults.Apply(new Restart { BackAfterMs = 0, Version = "0.3.64" });
        await test.Comfy.WhenSettled().WaitAsync(Patience);
        Assert.NotNull((await test.RunAsync(Prompts.Small()))["status"]);
    }

    [Fact]
    public async Task A_process_that_exits_in_a_node_comes_back_when_told()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new ProcessExit { Node = "ProbeWork", Times = 1, BackAfterMs = 10 });
        await test.SubmitAsync(Prompts.Probe(), id: "fatal");
        Assert.Equal(ExecutionOutcome.Lost, (await test.EndOfAsync("fatal")).Outcome);
        await test.Comfy.WhenSettled().WaitAsync(Patience);
        Assert.False(test.Comfy.Crashed.IsCompleted);
        await test.RunAsync(Prompts.Probe());
    }

    [Fact]
    public async Task A_process_that_a_fault_has_ended_is_back_when_healed_and_one_that_was_killed_is_not()
    {
        await using var test = await TestComfy.StartAsync();
        test.Comfy.Faults.Apply(new ProcessExit());
        await test.SubmitAsync(Prompts.Small(), id: "fatal");
        await test.Comfy.Crashed.WaitAsync(Patience);
        await test.Comfy.HealAsync();
        Assert.True(test.Comfy.IsAlive);
        await test.RunAsync(Prompts.Small());
        await test.Comfy.KillAsync();
        await test.Comfy.HealAsync();
        Assert.False(test.Comfy.IsAlive);
    }

    [Fact]
    public async Task A_dead_worker_leaves_HTTP_alive_until_there_is_a_new_process()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        test.Comfy.Faults.Apply(new WorkerDeath { Times = 1, BackAfterMs = 1000 });
        await test.SubmitAsync(Prompts.Small(), id: "deadly");
        Assert.Equal(ExecutionOutcome.Lost, (await test.EndOfAsync("deadly")).Outcome);
        await test.SubmitAsync(Prompts.Small(), id: "waiting");
        await test.Comfy.WhenParked();
        Assert.Equal(2, (int)(await test.GetAsync("/prompt"))["exec_info"]!["queue_remaining"]!);
        await clock.TimerSetAsync(TimeSpan.FromSeconds(1));
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(1), () => Task.CompletedTask);
        await test.Comfy.WhenSettled().WaitAsync(Patience);
        await test.RunAsync(Prompts.Small());
    }

    [Fact]
    public async Task Twenty_deaths_later_no_connection_is_left_and_the_port_still_serves()
    {
        await using var test = await TestComfy.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await using var socket = await test.OpenSocketAsync("c");
            await test.SubmitAsync(Prompts.Probe(seconds: 3600, salt: i), "c", $"lost {i}");
            await test.StartOfAsync($"lost {i}");
            test.Comfy.Faults.Apply(new RefuseConnections());
            Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(test));
            await test.Comfy.RestartAsync();
            Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(test));
            test.Comfy.Faults.Heal();
            Assert.Equal(SocketError.Success, await ConnectAsync(test));
        }

        Assert.All(test.Comfy.Ledger.Executions, execution => Assert.Equal(ExecutionOutcome.Lost, execution.Outcome));
        await test.Comfy.KillAsync();
        Assert.Equal((0, 0), (test.Comfy.OpenConnections, test.Comfy.WorkerThreads));
        await test.Comfy.RestartAsync();
        await test.RunAsync(Prompts.Small());
        Assert.Equal(1, test.Comfy.WorkerThreads);
    }

    private static async Task<SocketError> ConnectAsync(TestComfy test)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", test.Comfy.Port);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static async Task<SocketError> ReadAsync(TestComfy test)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", test.Comfy.Port);
            await socket.ReceiveAsync(new byte[1]).WaitAsync(Patience);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
