using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>What operators say of instances, and what becomes of jobs by it.</summary>
public sealed class RoutingTests
{
    [Fact]
    public async Task A_drained_instance_counts_as_well_finishes_its_job_and_takes_the_next_when_resumed()
    {
        await using var service = await RunningService.StartAsync(TimeSpan.FromMilliseconds(300));
        var name = Text((await service.GetAsync("/api/instances")).GetProperty("instances")[0], "id");
        var running = await service.AcceptAsync();
        await service.UntilActiveAsync(1);

        var drained = await PostAsync(service, $"/api/instances/{name}/drain", HttpStatusCode.OK);
        var waiting = await service.AcceptAsync();
        var ended = await service.EndOfAsync(running);
        var still = await service.GetAsync($"/api/jobs/{waiting}");
        var health = await service.GetAsync("/health");
        var resumed = await PostAsync(service, $"/api/instances/{name}/resume", HttpStatusCode.OK);
        var next = await service.EndOfAsync(waiting);

        Assert.Equal(("draining", "isolated", 1), (
            Text(drained, "state"), Text(drained, "circuit"), drained.GetProperty("active_jobs").GetInt32()));
        Assert.Equal(("completed", "pending"), (Text(ended, "status"), Text(still, "status")));
        Assert.Equal("draining", Text(health.GetProperty("instances")[0], "state"));
        Assert.Equal(("up", "closed"), (Text(resumed, "state"), Text(resumed, "circuit")));
        Assert.Equal("completed", Text(next, "status"));
        Assert.Equal(
            [("isolated", "closed", null), ("closed", "isolated", "drained on request")],
            resumed.GetProperty("circuit_history").EnumerateArray()
                .Select(change => (Text(change, "from"), Text(change, "to"), Text(change, "why"))));
    }

    [Fact]
    public async Task An_instance_that_nobody_knows_cannot_be_drained()
    {
        await using var service = await RunningService.StartAsync();

        foreach (var what in (string[])["drain", "resume"])
        {
            var problem = await PostAsync(service, $"/api/instances/gpu-9:8188/{what}", HttpStatusCode.NotFound);

            Assert.Equal("unknown_instance", Text(problem, "code"));
            Assert.Contains("'gpu-9:8188'; there are: 127.0.0.1:", Text(problem, "error"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_workflow_that_no_instance_can_run_is_refused_with_what_each_lacks()
    {
        var workflows = Directory.CreateTempSubdirectory("akkacomfy-workflows-");
        try
        {
            AddWorkflow(workflows, "picky", """
                { "requires": { "models": ["rare.pth"], "tags": ["fast"] },
                  "inputs": { "imageFile": { "type": "image", "bind": "1.image", "required": true } } }
                """);
            await using var service = await RunningService.StartAsync(
                TimeSpan.Zero, ("WORKFLOWS_DIRECTORY", workflows.FullName));
            var instances = await service.UntilAsync("/api/instances", all =>
                all.GetProperty("instances")[0].GetProperty("nodes_read_at").ValueKind != JsonValueKind.Null);
            using var form = Forms.Image(RepositoryFiles.Sample("cat.png"));

            using var response = await service.Http.PostAsync("/api/picky", form);

            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            var problem = await RunningService.JsonAsync(response);
            var instance = instances.GetProperty("instances")[0];
            var missing = Assert.Single(problem.GetProperty("missing").EnumerateArray());
            Assert.Equal("workflow_unsupported", Text(problem, "code"));
            Assert.Equal(Text(instance, "id"), Text(missing, "instance"));
            const string Lacks = """{"nodes":["NoSuchNode"],"models":["rare.pth"],"tags":["fast"]}""";
            Assert.Equal(Lacks, $"{{{missing.GetRawText().Split(',', 2)[1]}");
            Assert.Equal(
                $$"""{"workflow":"picky",{{Lacks[1..]}}""",
                Assert.Single(instance.GetProperty("missing").EnumerateArray()).GetRawText());
            Assert.Equal(0, service.StoredFiles);
        }
        finally
        {
            workflows.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_emulated_instances_have_all_that_the_shipped_workflows_need()
    {
        await using var service = await RunningService.StartAsync();

        var instances = await service.UntilAsync("/api/instances", all =>
            all.GetProperty("instances")[0].GetProperty("nodes_read_at").ValueKind != JsonValueKind.Null);

        Assert.Equal(0, instances.GetProperty("instances")[0].GetProperty("missing").GetArrayLength());
    }

    private static void AddWorkflow(DirectoryInfo folders, string name, string manifest)
    {
        var folder = folders.CreateSubdirectory(name).FullName;
        File.WriteAllText(Path.Combine(folder, "workflow.json"), """
            { "1": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "" } },
              "2": { "class_type": "NoSuchNode", "inputs": { "image": ["1", 0] } },
              "3": { "class_type": "SaveImage", "inputs": { "images": ["2", 0], "filename_prefix": "x" } } }
            """);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest);
    }

    private static async Task<JsonElement> PostAsync(RunningService service, string path, HttpStatusCode expected)
    {
        using var response = await service.Http.PostAsync(path, null);
        var body = await RunningService.JsonAsync(response);
        Assert.True(expected == response.StatusCode, body.GetRawText());
        return body;
    }

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
