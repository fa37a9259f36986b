using System.Net;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

public sealed class FleetContractTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private static readonly string[] OfAnInstance =
    [
        "id", "host", "state", "circuit", "active_jobs", "max_jobs", "utilization", "weight", "tags", "last_check_at",
        "last_fault", "connections", "nodes_read_at", "missing", "server",
        "circuit_history",
    ];

    private readonly RunningService _service = fixture.Service;

    [Fact]
    public async Task Health_tells_the_state_of_every_instance()
    {
        using var response = await _service.Http.GetAsync("/health");

        var health = await RunningService.JsonAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["status", "timestamp", "uptime_seconds", "instances"], Names(health));
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.EndsWith("Z", health.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
        var instance = Assert.Single(health.GetProperty("instances").EnumerateArray());
        Assert.Equal(OfAnInstance, Names(instance));
        Assert.Equal(("up", "closed"), (Text(instance, "state"), Text(instance, "circuit")));
        Assert.EndsWith("Z", Text(instance, "last_check_at"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health/live", "alive")]
    [InlineData("/health/ready", "ready")]
    public async Task An_orchestrator_s_probes_are_answered(string path, string status)
    {
        using var response = await _service.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(status, Text(await RunningService.JsonAsync(response), "status"));
    }

    [Fact]
    public async Task The_instances_and_the_processor_are_shown_live()
    {
        var instances = await _service.GetAsync("/api/instances");
        var processor = await _service.GetAsync("/api/jobs/processor/stats");

        Assert.Equal(OfAnInstance, Names(Assert.Single(instances.GetProperty("instances").EnumerateArray())));
        Assert.Equal(
            ["is_running", "active_jobs", "max_concurrent_jobs", "max_jobs_per_instance", "pending_jobs", "instances"],
            Names(processor));
        Assert.True(processor.GetProperty("is_running").GetBoolean());
        Assert.Equal(2, processor.GetProperty("max_concurrent_jobs").GetInt32());
        Assert.Equal(OfAnInstance, Names(Assert.Single(processor.GetProperty("instances").EnumerateArray())));
    }

    [Fact]
    public async Task One_instance_tells_the_versions_the_devices_and_the_memory_of_its_server()
    {
        var all = await _service.GetAsync("/api/instances");
        var id = Text(all.GetProperty("instances")[0], "id")!;

        var instance = await _service.GetAsync($"/api/instances/{id}");

        Assert.Equal(OfAnInstance, Names(instance));
        var server = instance.GetProperty("server");
        Assert.Equal(
            ["read_at", "comfyui_version", "python_version", "pytorch_version", "os", "ram_total", "ram_free", "devices"],
            Names(server));
        Assert.Equal(("0.3.64", "posix"), (Text(server, "comfyui_version"), Text(server, "os")));
        Assert.InRange(server.GetProperty("ram_free").GetInt64(), 1, server.GetProperty("ram_total").GetInt64());
        var device = Assert.Single(server.GetProperty("devices").EnumerateArray());
        Assert.Equal(["name", "type", "vram_total", "vram_free"], Names(device));
        Assert.Equal(("emulated", "cpu"), (Text(device, "name"), Text(device, "type")));
    }

    [Fact]
    public async Task An_instance_that_nobody_knows_is_not_found()
    {
        using var response = await _service.Http.GetAsync("/api/instances/gpu:1");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unknown_instance", Text(await RunningService.JsonAsync(response), "code"));
    }

    [Fact]
    public async Task The_workflows_are_described_as_their_manifests_say()
    {
        var all = (await _service.GetAsync("/api/workflows")).GetProperty("workflows");
        var one = await _service.GetAsync("/api/workflows/remove-background");

        Assert.Equal(["remove-background", "upscale-image"], all.EnumerateArray().Select(found => Text(found, "name")));
        Assert.Equal(all[0].ToString(), one.ToString());
        Assert.Equal(["name", "title", "description", "version", "submit_url", "inputs", "outputs"], Names(one));
        Assert.Equal("/api/remove-background", Text(one, "submit_url"));
        var image = one.GetProperty("inputs").GetProperty("imageFile");
        Assert.Equal("image", Text(image, "type"));
        Assert.True(image.GetProperty("required").GetBoolean());
    }

    private static IEnumerable<string> Names(JsonElement body) => body.EnumerateObject().Select(member => member.Name);

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
