using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Traces;

namespace AkkaComfy.Emulator.Tests;

public sealed class HttpTests
{
    public static TheoryData<int> Origins => [.. TraceFile.Read("19_origin_checks")
        .Where(recorded => recorded.Kind == "http" && recorded.Method == "GET")
        .Select(recorded => recorded.Line)];

    public static TheoryData<string> NodeClasses =>
    [
        "SaveImage",
        "LoadImage",
        "ETN_LoadImageBase64",
        "InspyrenetRembg",
        "UpscaleModelLoader",
        "ImageUpscaleWithModel",
    ];

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task Foreign_origins_are_refused_as_recorded(int line)
    {
        const string recordedPort = "8188";
        await using var test = await TestComfy.StartAsync();
        var recorded = TraceFile.Read("19_origin_checks").Single(candidate => candidate.Line == line);
        using var request = new HttpRequestMessage(HttpMethod.Get, recorded.Path);
        if (recorded.Member("request_headers") is { ValueKind: JsonValueKind.Object } headers)
        {
            foreach (var header in headers.EnumerateObject())
            {
                var value = header.Value.GetString()!;
                var here = value.Replace(recordedPort, $"{test.Comfy.Port}", StringComparison.Ordinal);
                request.Headers.TryAddWithoutValidation(header.Name, here);
            }
        }

        using var answer = await test.Http.SendAsync(request);
        Assert.Equal(recorded.Status, (int)answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(NodeClasses))]
    public async Task Node_declarations_are_as_recorded(string name)
    {
        await using var test = await TestComfy.StartAsync(new()
        {
            UpscaleModels = ["4x-UltraSharp.pth", "RealESRGAN_x2.pth"],
        });
        var recorded = TraceFile.Read("14_endpoints")
            .First(line => line.Kind == "http" && line.Path == $"/object_info/{name}");
        var expected = JsonNode.Parse(recorded.Body.GetRawText());
        var one = await test.GetAsync($"/object_info/{name}");
        Assert.True(JsonNode.DeepEquals(expected, one), $"{one}\ninstead of\n{expected}");
        Assert.True(JsonNode.DeepEquals(expected![name], (await test.GetAsync("/api/object_info"))[name]));
    }

    [Fact]
    public async Task Unknown_paths_classes_and_methods_get_what_ComfyUI_gives()
    {
        await using var test = await TestComfy.StartAsync();
        Assert.Equal("{}", await test.Http.GetStringAsync("/object_info/NoSuchNode"));
        var refusals = TraceFile.Read("14_endpoints").Where(line => line is { Kind: "http", Status: 404 or 405 });
        foreach (var recorded in refusals)
        {
            using var request = new HttpRequestMessage(new HttpMethod(recorded.Method), recorded.Path);
            using var answer = await test.Http.SendAsync(request);
            Assert.Equal((recorded.Path, recorded.Status), (recorded.Path, (int)answer.StatusCode));
        }
    }

    [Fact]
    public async Task Bodies_over_the_limit_are_refused_and_those_under_it_taken()
    {
        const int limit = 1024 * 1024;
        await using var test = await TestComfy.StartAsync(new() { MaxUploadBytes = limit });
        using var large = new ByteArrayContent(new byte[limit + 1]);
        using var refused = await test.Http.PostAsync("/prompt", large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        var reason = await refused.Content.ReadAsStringAsync();
        Assert.StartsWith($"Maximum request body size {limit} exceeded", reason, StringComparison.Ordinal);

        using var file = new ByteArrayContent(new byte[limit + 1]);
        using var form = new MultipartFormDataContent { { file, "image", "big.png" } };
        using var upload = await test.Http.PostAsync("/upload/image", form);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, upload.StatusCode);

        using var small = new ByteArrayContent(Encoding.UTF8.GetBytes("{}".PadRight(limit)));
        using var taken = await test.Http.PostAsync("/prompt", small);
        Assert.Equal(HttpStatusCode.BadRequest, taken.StatusCode);
    }

    [Theory]
    [InlineData("bytes=0-9", 206, 10)]
    [InlineData("bytes=-7", 206, 7)]
    [InlineData("bytes=100000-", 416, 0)]
    public async Task Ranges_of_a_file_are_served(string range, int status, int length)
    {
        await using var test = await TestComfy.StartAsync();
        await test.RunAsync(Prompts.Small());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/view?filename=test_00001_.png");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await test.Http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(length, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Cycles_are_refused_rather_than_followed_for_ever()
    {
        await using var test = await TestComfy.StartAsync();
        var answer = await test.PostAsync("/prompt", new JsonObject
        {
            ["prompt"] = Prompts.Of(
                ("ImageInvert", new() { ["image"] = Prompts.Link("2") }),
                ("ImageInvert", new() { ["image"] = Prompts.Link("1") }),
                Prompts.Save("2")),
        });
        Assert.Equal(400, (int)answer["status"]!);
        Assert.Equal("prompt_outputs_failed_validation", (string?)answer["body"]!["error"]!["type"]);
    }

    [Fact]
    public async Task Compressed_prompts_are_read()
    {
        await using var test = await TestComfy.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(new JsonObject { ["prompt"] = Prompts.Small() }.ToJsonString()));
        }

        using var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        using var answer = await test.Http.PostAsync("/prompt", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
