using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Core.Jobs;
using AkkaComfy.Emulator;
using AkkaComfy.Emulator.Execution;
using AkkaComfy.Messages;

namespace AkkaComfy.Actors.Tests.Live;

/// <summary>An instance that comes (back) within reach may hold prompts that no job waits for any more.</summary>
public sealed class SweepTests
{
    private const string Us = "this-gateway";

    [Theory]
    [InlineData("2023-12-31")]
    [InlineData("2024-08-13")]
    [InlineData("0.3.64")]
    public async Task Our_strays_are_removed_and_everybody_elses_prompts_stay(string version)
    {
        Assert.True(ComfyVersion.TryParse(version, out var known));
        await using var comfy = await EmulatedComfy.StartAsync(new EmulatorOptions { Version = known });
        using var http = new HttpClient { BaseAddress = comfy.BaseAddress };
        await PostAsync(http, "ours, running", seconds: 60, Us);
        await PostAsync(http, "a stranger's", seconds: 0.2, gateway: null);
        await PostAsync(http, "ours, waiting", seconds: 0.2, Us);
        await PostAsync(http, "another gateway's", seconds: 0.2, "another");

        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with { Gateway = Us });
        var job = await tree.EndOfAsync(await tree.SubmitAsync(seconds: 0.1, salt: 100));

        Assert.Equal(JobPhase.Completed, job.Phase);
        Assert.Equal(
            [
                ("ours, running", ExecutionOutcome.Interrupted),
                ("a stranger's", ExecutionOutcome.Succeeded),
                ("another gateway's", ExecutionOutcome.Succeeded),
            ],
            comfy.Ledger.Executions
                .Select(run => (Name(run.Tag), run.Outcome))
                .Where(run => run.Item1 is not null));
    }

    [Fact]
    public async Task What_jobs_wait_for_is_no_stray_though_the_service_was_restarted()
    {
        await using var comfy = await EmulatedComfy.StartAsync(new EmulatorOptions());
        await using var tree = await LiveTree.StartAsync([comfy], fleet => fleet with { Gateway = Us });
        var running = await tree.SubmitAsync(seconds: 2, salt: 1);
        await tree.UntilStartedAsync(running);
        var waiting = await tree.SubmitAsync(seconds: 1, salt: 2);
        using var http = new HttpClient { BaseAddress = comfy.BaseAddress };
        await LiveTree.UntilAsync(async () =>
            (await http.GetStringAsync("/queue")).Contains($"{waiting}", StringComparison.Ordinal));

        await tree.RestartAsync();

        foreach (var id in (JobId[])[running, waiting])
        {
            var job = await tree.EndOfAsync(id);
            Assert.Equal((JobPhase.Completed, 1), (job.Phase, job.Attempts.Length));
        }

        Assert.Equal(2, comfy.Ledger.Executions.Count);
        Assert.All(comfy.Ledger.Executions, run => Assert.Contains(Us, run.Tag, StringComparison.Ordinal));
    }

    private static async Task PostAsync(HttpClient http, string name, double seconds, string? gateway)
    {
        // Another salt for each, or the second would be answered from the cache.
        var prompt = JsonNode.Parse($$"""
            {
              "1": { "class_type": "EmptyImage",
                     "inputs": { "width": 32, "height": 32, "batch_size": 1, "color": 1 } },
              "2": { "class_type": "ProbeWork",
                     "inputs": { "image": ["1", 0], "seconds": {{JsonValue.Create(seconds).ToJsonString()}},
                                 "steps": {{(int)(seconds / 0.05)}}, "preview": false, "fail_at": 0, "exit_at": 0,
                                 "salt": {{name.Length}} } },
              "3": { "class_type": "SaveImage", "inputs": { "images": ["2", 0], "filename_prefix": "x" } }
            }
            """);
        var tag = new JsonObject
        {
            ["job"] = $"{JobId.New(TimeProvider.System.GetUtcNow())}", ["attempt"] = 1, ["name"] = name,
        };
        if (gateway is not null)
        {
            tag["gateway"] = gateway;
        }

        using var answer = await http.PostAsJsonAsync("/prompt", new JsonObject
        {
            ["prompt"] = prompt, ["extra_data"] = new JsonObject { ["akkacomfy"] = tag },
        });
        answer.EnsureSuccessStatusCode();
    }

    private static string? Name(string? tag) => tag is null ? null : (string?)JsonNode.Parse(tag)!["name"];
}
