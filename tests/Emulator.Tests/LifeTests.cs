using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Execution;

namespace AkkaComfy.Emulator.Tests;

/// <summary>Starting, running, interrupting, dying and coming back.</summary>
public sealed class LifeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_ledger_knows_every_execution_its_tag_and_its_outcome()
    {
        await using var test = await TestComfy.StartAsync();
        var answer = await test.PostAsync("/prompt", new JsonObject
        {
            ["prompt"] = Prompts.Small(),
            ["prompt_id"] = "tagged",
            ["extra_data"] = new JsonObject { ["akkacomfy"] = new JsonObject { ["job"] = "j", ["attempt"] = 2 } },
        });
        Assert.Equal(200, (int)answer["status"]!);
        await test.EndOfAsync("tagged");
        await test.EndOfAsync(await test.SubmitAsync(Prompts.Probe(failAt: 1), id: "failing"));
        Assert.Equal(
            [
                ("tagged", """{"job":"j","attempt":2}""", ExecutionOutcome.Succeeded),
                ("failing", null, ExecutionOutcome.Failed),
            ],
            test.Comfy.Ledger.Executions.Select(execution => (execution.PromptId, execution.Tag, execution.Outcome)));
    }

    [Fact]
    public async Task An_interrupt_ends_the_running_prompt_and_no_other()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        var first = await test.SubmitAsync(Prompts.Probe(seconds: 10, steps: 10, salt: 1));
        var second = await test.SubmitAsync(Prompts.Probe(salt: 2));
        await test.StartOfAsync(first);
        await test.PostAsync("/interrupt", new JsonObject { ["prompt_id"] = second });
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(2), test.Comfy.WhenParked);
        Assert.Equal(ExecutionOutcome.Running, (await test.StartOfAsync(first)).Outcome);
        await test.PostAsync("/interrupt", new JsonObject { ["prompt_id"] = first });
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(3), test.Comfy.WhenParked);
        Assert.Equal(ExecutionOutcome.Interrupted, (await test.EndOfAsync(first)).Outcome);
        Assert.Equal(ExecutionOutcome.Succeeded, (await test.EndOfAsync(second)).Outcome);
    }

    [Fact]
    public async Task Deleted_and_cleared_prompts_never_run()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        var running = await test.SubmitAsync(Prompts.Probe(seconds: 1, salt: 1));
        await test.StartOfAsync(running);
        var deleted = await test.SubmitAsync(Prompts.Probe(salt: 2));
        await test.SubmitAsync(Prompts.Probe(salt: 3));
        await test.PostAsync("/queue", new JsonObject { ["delete"] = new JsonArray(deleted) });
        Assert.Equal(2, (int)(await test.GetAsync("/prompt"))["exec_info"]!["queue_remaining"]!);
        await test.PostAsync("/queue", new JsonObject { ["clear"] = true });
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(2), test.Comfy.WhenParked);
        await test.EndOfAsync(running);
        Assert.Equal([running], test.Comfy.Ledger.Executions.Select(execution => execution.PromptId));
        Assert.Single((await test.GetAsync("/history")).AsObject());
    }

    [Fact]
    public async Task A_repeated_prompt_is_answered_from_the_cache_until_memory_is_freed()
    {
        await using var test = await TestComfy.StartAsync();
        var first = await test.RunAsync(Prompts.Small());
        var second = await test.RunAsync(Prompts.Small());
        await test.PostAsync("/free", new JsonObject { ["free_memory"] = true });
        await test.Comfy.WhenParked();
        var third = await test.RunAsync(Prompts.Small());
        Assert.Equal("test_00001_.png", NameOf(first));
        Assert.Equal("test_00001_.png", NameOf(second));
        Assert.Equal("test_00002_.png", NameOf(third));

        static string? NameOf(JsonNode history) =>
            (string?)history["outputs"]!["2"]!["images"]![0]!["filename"];
    }

    [Fact]
    public async Task A_crashing_node_takes_an_embedded_emulator_down_at_once()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new() { Time = clock });
        await test.SubmitAsync(Prompts.Probe(seconds: 1, exitAt: 1), id: "fatal");
        await clock.AdvanceToAsync(TimeSpan.FromSeconds(1), test.Comfy.WhenParked);
        await test.Comfy.Crashed.WaitAsync(Patience);
        var lost = await test.EndOfAsync("fatal");
        Assert.Equal(ExecutionOutcome.Lost, lost.Outcome);
        await test.Comfy.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => test.GetAsync("/prompt"));
    }

    [Theory]
    [InlineData("""["a"]""")]
    [InlineData("""{"a": 1}""")]
    public async Task A_client_id_that_is_no_plain_value_ends_it_too(string clientId)
    {
        await using var test = await TestComfy.StartAsync();
        var posting = test.PostAsync("/prompt", new JsonObject
        {
            ["prompt"] = Prompts.Small(), ["client_id"] = JsonNode.Parse(clientId),
        });
        await test.Comfy.Crashed.WaitAsync(Patience);
        // Whether the answer is out before the crash is left open.
        await Record.ExceptionAsync(() => posting);
    }

    [Fact]
    public async Task After_a_restart_the_port_is_the_same_the_files_are_there_and_the_queue_is_not()
    {
        var directory = Directory.CreateTempSubdirectory("emulator-test-");
        try
        {
            var options = new EmulatorOptions { Directory = directory.FullName };
            await using var before = await TestComfy.StartAsync(options);
            await before.RunAsync(Prompts.Small());
            await before.SubmitAsync(Prompts.Probe(seconds: 3600));
            await before.Comfy.KillAsync();
            await using var after = await TestComfy.StartAsync(options with { Port = before.Comfy.Port });
            Assert.Equal(0, (int)(await after.GetAsync("/prompt"))["exec_info"]!["queue_remaining"]!);
            Assert.Empty((await after.GetAsync("/history")).AsObject());
            Assert.NotEmpty(await after.Http.GetByteArrayAsync("/view?filename=test_00001_.png"));
            var answer = await after.PostAsync("/prompt", new JsonObject { ["prompt"] = Prompts.Small() });
            Assert.Equal(0, (int)answer["body"]!["number"]!);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    public static TheoryData<string> DeadlyNodes =>
    [
        """{"class_type": "EmptyImage"}""",
        """{"class_type": "EmptyImage", "inputs": ["x"]}""",
    ];

    [Theory]
    [MemberData(nameof(DeadlyNodes))]
    public async Task A_prompt_that_kills_the_worker_leaves_HTTP_answering_and_the_queue_standing(string node)
    {
        await using var test = await TestComfy.StartAsync();
        var deadly = Prompts.Small();
        deadly["9"] = JsonNode.Parse(node);
        await test.SubmitAsync(deadly, id: "deadly");
        Assert.Equal(ExecutionOutcome.Lost, (await test.EndOfAsync("deadly")).Outcome);
        await test.SubmitAsync(Prompts.Small(), id: "waiting");
        await test.Comfy.WhenParked();
        var queue = await test.GetAsync("/queue");
        Assert.Equal("deadly", (string?)Assert.Single(queue["queue_running"]!.AsArray())![1]);
        Assert.Equal("waiting", (string?)Assert.Single(queue["queue_pending"]!.AsArray())![1]);
    }

    [Fact]
    public async Task A_link_to_nowhere_on_an_undeclared_input_kills_the_worker()
    {
        await using var test = await TestComfy.StartAsync();
        var deadly = Prompts.Small();
        deadly["2"]!["inputs"]!["unknown_input"] = Prompts.Link("77");
        await test.SubmitAsync(deadly, id: "deadly");
        Assert.Equal(ExecutionOutcome.Lost, (await test.EndOfAsync("deadly")).Outcome);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_at_start()
    {
        await using var test = await TestComfy.StartAsync();
        await Assert.ThrowsAsync<IOException>(() =>
            EmulatedComfy.StartAsync(new EmulatorOptions { Port = test.Comfy.Port }));
    }

    [Fact]
    public async Task Every_option_out_of_range_is_named()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            EmulatedComfy.StartAsync(new EmulatorOptions { Port = 70_000, ProgressSteps = -1 }));
        Assert.Contains("Port is 70000, allowed are 0 to 65535", error.Message, StringComparison.Ordinal);
        Assert.Contains("ProgressSteps is -1, allowed are 0 to 10000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_emulators_in_one_process_share_nothing()
    {
        await using var one = await TestComfy.StartAsync();
        await using var other = await TestComfy.StartAsync();
        await one.RunAsync(Prompts.Small());
        Assert.NotEqual(one.Comfy.Port, other.Comfy.Port);
        Assert.Empty(other.Comfy.Ledger.Executions);
        Assert.Empty((await other.GetAsync("/history")).AsObject());
    }
}
