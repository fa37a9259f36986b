using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Demo;
using AkkaComfy.Host.Tests.Logging;

namespace AkkaComfy.Host.Tests.Service;

public sealed class LogContractTests
{
    private const string Password = "xyzzy-of-the-instance";
    private const string Key = "xyzzy-of-the-client";
    private const string Token = "xyzzy-of-the-proxy";

    [Fact]
    public async Task Every_line_about_a_job_names_it_and_its_instance()
    {
        await using var service = await RunningService.StartAsync(variables: ("LOG_LEVEL", "debug"));
        using var submitted = await service.SubmitAsync("/api/async/remove-background");
        var job = (await RunningService.JsonAsync(submitted)).GetProperty("job_id").GetString()!;
        await service.EndOfAsync(job);
        var instance = (await service.GetAsync("/api/instances")).GetProperty("instances")[0].GetProperty("id").GetString();
        await service.StopAsync();

        var lines = LogLines.Read(Path.Combine(service.LogDirectory, "combined.log"));

        var request = Assert.Single(lines, line => Text(line, "path") == "/api/async/remove-background");
        Assert.Equal(
            (job, submitted.Headers.GetValues("X-Request-Id").Single(), "POST", 202),
            (Text(request, "job_id"), Text(request, "request_id"), Text(request, "method"), request.GetProperty("status").GetInt32()));
        Assert.All(
            lines.Where(line => line.GetRawText().Contains(job, StringComparison.Ordinal)),
            line => Assert.Equal(job, Text(line, "job_id")));
        Assert.Contains(lines, line => Text(line, "path") == $"/api/jobs/{job}/status" && Text(line, "job_id") == job);
        Assert.Contains(lines, line => Text(line, "outcome") == "Completed" && Text(line, "instance") == instance);
        var calls = lines.Where(line => Text(line, "source") == "ComfyUI").ToList();
        Assert.All(calls, call => Assert.Equal(instance, Text(call, "instance")));
        Assert.All(
            (string[])["/prompt", "/view"],
            path => Assert.Contains(calls, call => Text(call, "path") == path && Text(call, "job_id") == job));
    }

    [Fact]
    public async Task No_image_and_no_secret_is_in_the_log_even_when_everything_is_logged()
    {
        await using var fleet = await EmulatedFleet.StartAsync(new Emulation(1, default, 1), CancellationToken.None);
        await using var service = await RunningService.StartAsync(variables:
            [("LOG_LEVEL", "debug"), ("COMFYUI_HOSTS", $"http://painter:{Password}@{fleet.Hosts}")]);
        foreach (var source in new[] { "Microsoft", "Microsoft.AspNetCore.Server.Kestrel", "System" })
        {
            using var set = await PutAsync(service, $$"""{"level":"debug","source":"{{source}}"}""");
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        }

        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var image = RepositoryFiles.Sample("cat.png");
        using var done = await service.SubmitAsync("/api/remove-background", Key);
        using var replayed = await service.SubmitAsync("/api/async/remove-background", Key);
        using var reused = await service.SubmitAsync("/api/upscale-image", Key);
        using var tiny = Forms.Image(Uploads.ImageFiles.Png(20, 20));
        using var failed = await service.Http.PostAsync("/api/remove-background", tiny);
        using var lost = await service.Http.GetAsync($"/api/jobs/{Convert.ToBase64String(image, 0, 120)}");
        await service.StopAsync();

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity),
            (done.StatusCode, replayed.StatusCode, reused.StatusCode, failed.StatusCode));
        var log = string.Concat(Directory.GetFiles(service.LogDirectory).Select(File.ReadAllText));
        Assert.Contains("Microsoft.AspNetCore.Server.Kestrel", log, StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"painter:{Password}")), log, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(image, 0, 60), log, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Za-z0-9+/]{150}", log);
    }

    [Fact]
    public async Task Levels_are_shown_and_changed_while_the_service_runs()
    {
        await using var service = await RunningService.StartAsync(variables: ("LOG_LEVEL", "error"));

        using var changed = await PutAsync(service, """{"level":"debug","for":600,"source":"ComfyUI"}""");
        var shown = await service.GetAsync("/api/logs/level");
        await service.EndOfAsync(await service.AcceptAsync());
        await service.StopAsync();

        Assert.Equal(shown.GetRawText(), (await RunningService.JsonAsync(changed)).GetRawText());
        Assert.Equal("error", Text(shown, "level"));
        var source = shown.GetProperty("sources").EnumerateArray().Single(entry => Text(entry, "source") == "ComfyUI");
        Assert.Equal("debug", Text(source, "level"));
        Assert.Equal(JsonValueKind.String, source.GetProperty("reverts_at").ValueKind);
        var lines = LogLines.Read(Path.Combine(service.LogDirectory, "combined.log"));
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal("ComfyUI", Text(line, "source")));
    }

    [Theory]
    [InlineData("""{}""", "level")]
    [InlineData("""{"level":"loud"}""", "info, debug, warn, error or default")]
    [InlineData("""{"level":"debug","for":0}""", "seconds from 1 to 86400")]
    [InlineData("""{"level":"debug","source":"Elsewhere"}""", "AkkaComfy.Actors")]
    [InlineData("""{"level":"debug","until":"tomorrow"}""", "until")]
    [InlineData("""nonsense""", "not an object")]
    public async Task A_change_of_level_that_is_none_is_refused_with_what_would_be(string body, string says)
    {
        await using var service = await RunningService.StartAsync();

        using var refused = await PutAsync(service, body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(says, Text(await RunningService.JsonAsync(refused), "error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Levels_are_for_this_machine_only()
    {
        await using var service = await RunningService.StartAsync();
        service.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        using var shown = await service.Http.GetAsync("/api/logs/level");
        using var changed = await PutAsync(service, """{"level":"debug"}""");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (shown.StatusCode, changed.StatusCode));
        Assert.Equal("loopback_only", Text(await RunningService.JsonAsync(changed), "code"));
    }

    private static Task<HttpResponseMessage> PutAsync(RunningService service, string json) =>
        service.Http.PutAsync("/api/logs/level", new StringContent(json, null, "application/json"));

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.ToString() : null;
}
