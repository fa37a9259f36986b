using System.Net;
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
    public async Task Twenty_uploads_of_40_MB_at_once_add_less_than_100_MB_to_the_process()
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
        Assert.Equal(HttpStatusCode.Accepted, await UploadAsync(http, noise));
        var before = service.Memory("VmRSS");

        var answers = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(_ => UploadAsync(http, noise)));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Accepted, status));
        var added = (service.Memory("VmHWM") - before) / Megabyte;
        output.WriteLine($"{added} MB in addition to {before / Megabyte} MB");
        Assert.InRange(added, 0, 99);
    }

    private static async Task<HttpStatusCode> UploadAsync(HttpClient http, byte[] image)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(image), "imageFile", "noise.png" } };
        using var answer = await http.PostAsync("/api/async/upscale-image", form);
        return answer.StatusCode;
    }

    /// <summary>What cannot be compressed is as large as its pixels.</summary>
    private static byte[] Noise()
    {
        var picture = new Picture(Side, Side, 3);
        new Random(1).NextBytes(picture.Pixels);
        return PngWriter.Write(picture, level: 0);
    }
}
