using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AkkaComfy.Emulator.Images;
using AkkaComfy.Emulator.Images.Png;
using Xunit.Abstractions;

namespace AkkaComfy.EndToEnd;

/// <summary>Uploads go to the disk as they come.</summary>
public sealed class UploadTests(ITestOutputHelper output)
{
    private const int Uploads = 20;
    private const int Side = 3740;
    private const int Megabyte = 1 << 20;

    [LinuxFact]
    public Task Twenty_uploads_of_40_MB_at_once_add_less_than_100_MB_to_the_process() =>
        AssertAddLittleAsync(noise => new MultipartFormDataContent { { new ByteArrayContent(noise), "imageFile", "noise.png" } });

    [LinuxFact]
    public Task Twenty_JSON_bodies_with_40_MB_in_base64_at_once_add_no_more()
    {
        byte[]? json = null;
        return AssertAddLittleAsync(noise => new ByteArrayContent(json ??= JsonOf(noise))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        });
    }

    private async Task AssertAddLittleAsync(Func<byte[], HttpContent> body)
    {
        var port = RunningProgram.FreePort();
        var address = new Uri($"http://127.0.0.1:{port}");
        await using var service = await RunningProgram.Service(new Dictionary<string, string>
        {
            ["PORT"] = $"{port}",
            // Nobody listens there: jobs are accepted and wait.
            ["COMFYUI_HOSTS"] = $"127.0.0.1:{RunningProgram.FreePort()}",
        }).AnsweringAsync(new Uri(address, "/health/live"));
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };
        var noise = Noise();
        Assert.InRange(noise.Length, 40_000_000, 50 * Megabyte);
        Assert.Equal(HttpStatusCode.Accepted, await UploadAsync(http, body(noise)));
        var before = service.Memory("VmRSS");

        var answers = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(_ => UploadAsync(http, body(noise))));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Accepted, status));
        var added = (service.Memory("VmHWM") - before) / Megabyte;
        output.WriteLine($"{added} MB in addition to {before / Megabyte} MB");
        Assert.InRange(added, 0, 99);
    }

    private static async Task<HttpStatusCode> UploadAsync(HttpClient http, HttpContent body)
    {
        using (body)
        {
            using var answer = await http.PostAsync("/api/async/upscale-image", body);
            return answer.StatusCode;
        }
    }

    private static byte[] JsonOf(byte[] image) =>
        Encoding.ASCII.GetBytes($$"""{"imageFile":"data:image/png;base64,{{Convert.ToBase64String(image)}}"}""");

    /// <summary>What cannot be compressed is as large as its pixels.</summary>
    private static byte[] Noise()
    {
        var picture = new Picture(Side, Side, 3);
        new Random(1).NextBytes(picture.Pixels);
        return PngWriter.Write(picture, level: 0);
    }
}
