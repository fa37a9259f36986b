using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Emulator.Images;

namespace AkkaComfy.EndToEnd.Workflows;

/// <summary>The service with the sample workflows, as files alone, and two emulators.</summary>
public sealed class SampleFleet : IAsyncLifetime
{
    private Fleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await Fleet.StartAsync(nodeMilliseconds: 0, "samples/workflows");

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    /// <summary>A form of texts and files.</summary>
    public static MultipartFormDataContent Form(params (string Name, object Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            if (value is byte[] file)
            {
                form.Add(new ByteArrayContent(file), name, $"{name}.bin");
            }
            else
            {
                form.Add(new StringContent($"{value}"), name);
            }
        }

        return form;
    }

    /// <summary>The first image of a job that is waited for.</summary>
    public async Task<Picture> PictureAsync(string workflow, HttpContent content)
    {
        using var answer = await _fleet.PostAsync($"/api/{workflow}", content, accept: "image/png");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(bytes));
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        return ImageDecoder.Decode(bytes);
    }

    /// <summary>The result of a job that is waited for.</summary>
    public async Task<JsonNode> ResultAsync(string workflow, HttpContent content)
    {
        using var answer = await _fleet.PostAsync($"/api/{workflow}", content);
        var body = await Fleet.JsonOf(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{body}");
        return body["result"]!;
    }

    /// <summary>The result of a job that is accepted and followed to its end.</summary>
    public async Task<JsonNode> FollowedAsync(string workflow, HttpContent content)
    {
        using var answer = await _fleet.PostAsync($"/api/async/{workflow}", content);
        var body = await Fleet.JsonOf(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{body}");
        var job = (string)body["job_id"]!;
        Assert.Equal("completed", (string?)(await _fleet.EndOfAsync(job))["status"]);
        return (await _fleet.GetAsync($"/api/jobs/{job}/result"))["result"]!;
    }

    /// <summary>The names of the fields for which a submission is refused.</summary>
    public async Task<string[]> RefusedFieldsAsync(string workflow, HttpContent content)
    {
        using var answer = await _fleet.PostAsync($"/api/{workflow}", content);
        var body = await Fleet.JsonOf(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body}");
        return [.. body["errors"]!.AsObject().Select(error => error.Key)];
    }

    public Task<JsonObject> GetAsync(string path) => _fleet.GetAsync(path);

    public Task<byte[]> OutputAsync(JsonNode result, int index) =>
        _fleet.BytesAsync((string)result["outputs"]![index]!["url"]!);

    public static JsonContent Json(JsonObject body) => JsonContent.Create(body);
}
