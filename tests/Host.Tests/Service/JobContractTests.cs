using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AkkaComfy.Host.Tests.Uploads;

namespace AkkaComfy.Host.Tests.Service;

public sealed class JobContractTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly RunningService _service = fixture.Service;

    private static byte[] Cat => RepositoryFiles.Sample("cat.png");

    [Theory]
    [InlineData("/api/async/remove-background")]
    [InlineData("/api/remove-background?async=true")]
    [InlineData("/api/remove-background?mode=async")]
    public async Task An_async_submission_is_answered_with_the_job(string route)
    {
        using var form = Forms.Image(Cat);

        using var response = await _service.Http.PostAsync(route, form);

        var body = await RunningService.JsonAsync(response);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(
            ["job_id", "status", "message", "estimated_completion_time", "estimated_completion_seconds",
                "queue_position", "status_url", "result_url", "events_url"],
            Names(body));
        var id = body.GetProperty("job_id").GetString();
        Assert.Equal("pending", body.GetProperty("status").GetString());
        Assert.Equal($"/api/jobs/{id}/status", body.GetProperty("status_url").GetString());
        Assert.Equal($"/api/jobs/{id}/result", body.GetProperty("result_url").GetString());
        Assert.Equal($"/api/jobs/{id}/status", response.Headers.Location?.OriginalString);
        await _service.EndOfAsync(id!);
    }

    [Fact]
    public async Task A_completed_job_s_status_says_everything()
    {
        var id = await _service.AcceptAsync();

        var status = await _service.EndOfAsync(id);

        Assert.Equal(
            ["job_id", "status", "type", "version", "created_at", "started_at", "completed_at", "queue_position",
                "processing_time_seconds", "estimated_remaining_time_seconds", "progress_percentage", "current_node",
                "comfyui_instance", "attempt", "error", "error_code"],
            Names(status));
        Assert.Equal(id, status.GetProperty("job_id").GetString());
        Assert.Equal("completed", status.GetProperty("status").GetString());
        Assert.Equal("remove-background", status.GetProperty("type").GetString());
        Assert.Equal(100, status.GetProperty("progress_percentage").GetInt32());
        Assert.Equal(1, status.GetProperty("attempt").GetInt32());
        Assert.True(status.GetProperty("processing_time_seconds").GetDouble() > 0);
        Assert.All(["created_at", "started_at", "completed_at"], time =>
            Assert.EndsWith("Z", status.GetProperty(time).GetString(), StringComparison.Ordinal));
        Assert.All(["queue_position", "estimated_remaining_time_seconds", "current_node", "error"], absent =>
            Assert.Equal(JsonValueKind.Null, status.GetProperty(absent).ValueKind));
        Assert.Equal(status.ToString(), (await _service.GetAsync($"/api/jobs/{id}")).ToString());
    }

    [Fact]
    public async Task A_sync_submission_is_answered_with_the_result()
    {
        using var form = Forms.Image(Cat);

        using var response = await _service.Http.PostAsync("/api/remove-background", form);

        var body = await RunningService.JsonAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            ["job_id", "status", "type", "processing_time_seconds", "comfyui_instance", "result"], Names(body));
        var result = body.GetProperty("result");
        Assert.Equal(["image_base64", "prompt_id", "outputs"], Names(result));
        var output = Assert.Single(result.GetProperty("outputs").EnumerateArray());
        Assert.Equal(["index", "node_id", "kind", "filename", "media_type", "size", "url"], Names(output));
        Assert.Equal("image/png", output.GetProperty("media_type").GetString());

        var inline = result.GetProperty("image_base64").GetString()!;
        Assert.StartsWith("data:image/png;base64,", inline, StringComparison.Ordinal);
        var bytes = await _service.Http.GetByteArrayAsync(output.GetProperty("url").GetString());
        Assert.Equal(bytes, Convert.FromBase64String(inline["data:image/png;base64,".Length..]));
        Assert.Equal(output.GetProperty("size").GetInt64(), bytes.Length);

        var id = body.GetProperty("job_id").GetString();
        Assert.Equal(body.ToString(), (await _service.GetAsync($"/api/jobs/{id}/result")).ToString());
    }

    [Fact]
    public async Task The_image_itself_is_answered_to_those_who_prefer_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/upscale-image");
        request.Content = Forms.Image(Cat);
        request.Headers.Accept.ParseAdd("image/png");

        using var response = await _service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        var image = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(response.Content.Headers.ContentLength, image.Length);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], image[..4]);
    }

    [Fact]
    public async Task An_output_can_be_fetched_in_part_and_only_when_changed()
    {
        var id = await _service.AcceptAsync();
        await _service.EndOfAsync(id);
        var url = $"/api/jobs/{id}/outputs/0";
        using var whole = await _service.Http.GetAsync(url);
        var bytes = await whole.Content.ReadAsByteArrayAsync();

        using var part = await SendAsync(HttpMethod.Get, url, headers => headers.Range = new RangeHeaderValue(10, 19));
        using var unchanged = await SendAsync(
            HttpMethod.Get, url, headers => headers.IfNoneMatch.Add(whole.Headers.ETag!));
        using var head = await SendAsync(HttpMethod.Head, url, _ => { });
        using var missing = await _service.Http.GetAsync($"/api/jobs/{id}/outputs/1");

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.Equal("unknown_output", (await RunningService.JsonAsync(missing)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_image_that_ComfyUI_cannot_decode_fails_with_its_words_and_its_node()
    {
        using var form = Forms.Image(ImageFiles.Png(20, 20));

        using var response = await _service.Http.PostAsync("/api/remove-background", form);

        var problem = await RunningService.JsonAsync(response);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.NotEqual("", problem.GetProperty("node_id").GetString());
        var id = problem.GetProperty("job_id").GetString();
        var status = await _service.GetAsync($"/api/jobs/{id}/status");
        Assert.Equal("failed", status.GetProperty("status").GetString());
        Assert.Equal(problem.GetProperty("error").GetString(), status.GetProperty("error").GetString());
        Assert.Equal(problem.GetProperty("code").GetString(), status.GetProperty("error_code").GetString());
        using var result = await _service.Http.GetAsync($"/api/jobs/{id}/result");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, result.StatusCode);
    }

    [Fact]
    public async Task An_ended_job_cannot_be_cancelled()
    {
        var id = await _service.AcceptAsync();
        await _service.EndOfAsync(id);

        using var response = await _service.Http.PostAsync($"/api/jobs/{id}/cancel", null);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("already_ended", (await RunningService.JsonAsync(response)).GetProperty("code").GetString());
    }

    private static IEnumerable<string> Names(JsonElement body) => body.EnumerateObject().Select(member => member.Name);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, Action<HttpRequestHeaders> set)
    {
        using var request = new HttpRequestMessage(method, url);
        set(request.Headers);
        return await _service.Http.SendAsync(request);
    }
}
