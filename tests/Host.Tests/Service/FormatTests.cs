using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AkkaComfy.Host.Tests.Service;

/// <summary>The same inputs in whatever format they come; workflows from files alone.</summary>
public sealed class FormatTests : IAsyncLifetime
{
    private readonly DirectoryInfo _workflows = Directory.CreateTempSubdirectory("akkacomfy-workflows-");
    private RunningService _service = null!;

    private static byte[] Cat { get; } = RepositoryFiles.Sample("cat.png");

    private static byte[] Coffee { get; } = RepositoryFiles.Sample("coffee.png");

    public static TheoryData<string> Pictures =>
    [
        Convert.ToBase64String(Cat),
        $"data:image/png;base64,{Convert.ToBase64String(Cat)}",
        Convert.ToBase64String(Cat, Base64FormattingOptions.InsertLineBreaks),
    ];

    public async Task InitializeAsync()
    {
        Write("colour", """
            { "1": { "class_type": "EmptyImage", "inputs": { "width": 8, "height": 8, "batch_size": 1, "color": 0 } },
              "2": { "class_type": "SaveImage", "inputs": { "images": ["1", 0], "filename_prefix": "colour" } } }
            """, """
            { "inputs": { "color": { "type": "integer", "bind": "1.color", "default": 255, "minimum": 0, "maximum": 16777215 },
                          "name": { "type": "string", "bind": "2.filename_prefix", "maxLength": 20 } } }
            """);
        Write("pair", """
            { "1": { "class_type": "LoadImage", "inputs": { "image": "" } },
              "2": { "class_type": "ETN_LoadImageBase64", "inputs": { "image": "" } },
              "3": { "class_type": "ImageScale", "inputs": { "image": ["2", 0], "upscale_method": "nearest-exact",
                     "width": 64, "height": 64, "crop": "disabled" } },
              "4": { "class_type": "ImageScale", "inputs": { "image": ["1", 0], "upscale_method": "nearest-exact",
                     "width": 64, "height": 64, "crop": "disabled" } },
              "5": { "class_type": "SaveImage", "inputs": { "images": ["3", 0], "filename_prefix": "first" } },
              "6": { "class_type": "SaveImage", "inputs": { "images": ["4", 0], "filename_prefix": "second" } } }
            """, """
            { "inputs": { "first": { "type": "image", "bind": "1.image", "required": true },
                          "second": { "type": "image", "bind": "2.image", "required": true },
                          "width": { "type": "integer", "bind": ["3.width", "4.width"], "minimum": 1, "maximum": 512 } } }
            """);
        _service = await RunningService.StartAsync(default, ("WORKFLOWS_DIRECTORY", _workflows.FullName));
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _workflows.Delete(recursive: true);
    }

    [Fact]
    public async Task A_workflow_without_an_image_takes_any_format_and_none()
    {
        HttpContent?[] bodies =
        [
            null,
            Json("""{"color": 65280, "name": "green"}"""),
            Json("{}"),
            new FormUrlEncodedContent([KeyValuePair.Create("color", "65280"), KeyValuePair.Create("name", "a b")]),
            new MultipartFormDataContent().With("color", "65280"),
        ];
        foreach (var body in bodies)
        {
            await CompletedAsync("colour", body, outputs: 1);
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task An_image_comes_as_base64_in_JSON(string picture) =>
        await CompletedAsync("pair", Json(JsonSerializer.Serialize(new { first = picture, second = picture, width = 32 })), 2);

    [Fact]
    public async Task An_image_comes_as_base64_in_a_URL_encoded_form() => await CompletedAsync("pair", new FormUrlEncodedContent(
        [KeyValuePair.Create("first", Convert.ToBase64String(Cat)), KeyValuePair.Create("second", Convert.ToBase64String(Cat))]), 2);

    [Fact]
    public async Task Several_images_and_fields_come_in_any_order()
    {
        await CompletedAsync("pair", new MultipartFormDataContent()
            .With("width", "32").With("second", Cat).With("first", Coffee), 2);
        await CompletedAsync("pair", new MultipartFormDataContent()
            .With("first", Cat).With("second", Coffee).With("width", "32"), 2);
        await CompletedAsync("pair", Json(JsonSerializer.Serialize(new
        {
            second = Convert.ToBase64String(Cat), width = 32, first = Convert.ToBase64String(Coffee),
        })), 2);
    }

    [Fact]
    public async Task The_same_request_in_another_format_is_the_same_request_to_an_idempotency_key()
    {
        var json = JsonSerializer.Serialize(new { width = 32.0, second = Convert.ToBase64String(Cat), first = Convert.ToBase64String(Coffee) });
        var first = await KeyedAsync(new MultipartFormDataContent().With("first", Coffee).With("width", "32").With("second", Cat));

        var second = await KeyedAsync(Json(json));
        var urlEncoded = await KeyedAsync(new FormUrlEncodedContent([
            KeyValuePair.Create("first", Convert.ToBase64String(Coffee)),
            KeyValuePair.Create("second", Convert.ToBase64String(Cat)), KeyValuePair.Create("width", " 32"),
        ]));
        var other = await KeyedAsync(Json(json.Replace("32", "33", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.Accepted, first.Status);
        Assert.Equal((HttpStatusCode.OK, first.Job), second);
        Assert.Equal((HttpStatusCode.OK, first.Job), urlEncoded);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
    }

    private async Task CompletedAsync(string workflow, HttpContent? body, int outputs)
    {
        using var response = await _service.Http.PostAsync($"/api/{workflow}", body);
        var result = await RunningService.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, result.GetRawText());
        Assert.Equal(outputs, result.GetProperty("result").GetProperty("outputs").GetArrayLength());
    }

    private async Task<(HttpStatusCode Status, string? Job)> KeyedAsync(HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/async/pair") { Content = body };
        request.Headers.Add("Idempotency-Key", "k");
        using var response = await _service.Http.SendAsync(request);
        var answer = await RunningService.JsonAsync(response);
        return (response.StatusCode, answer.TryGetProperty("job_id", out var id) ? id.GetString() : null);
    }

    private void Write(string name, string graph, string manifest)
    {
        var folder = _workflows.CreateSubdirectory(name).FullName;
        File.WriteAllText(Path.Combine(folder, "workflow.json"), graph);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest);
    }

    private static StringContent Json(string body) =>
        new(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json; charset=utf-8"));
}
