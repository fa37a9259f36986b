using System.Text.Json.Nodes;

namespace AkkaComfy.EndToEnd;

/// <summary>The main job as the README shows it: real photographs through both workflows, over HTTP.</summary>
public sealed class MainJobTests
{
    [Fact]
    public async Task A_photo_goes_in_and_a_result_comes_out_sync_and_async()
    {
        await using var fleet = await Fleet.StartAsync(nodeMilliseconds: 50);

        using var sync = await fleet.SubmitAsync("/api/remove-background", "cat.png");
        Assert.Equal(200, (int)sync.StatusCode);
        var body = await Fleet.JsonOf(sync);
        Assert.Equal("completed", (string)body["status"]!);
        Assert.Equal("remove-background", (string)body["type"]!);
        Assert.Contains((string)body["comfyui_instance"]!, fleet.Hosts);
        Assert.Equal(new PngFacts(451, 300, HasAlpha: true), PngFacts.Of(DataUri((string)body["result"]!["image_base64"]!)));

        var jobId = await fleet.AcceptAsync(
            "upscale-image", await File.ReadAllBytesAsync(Checkout.Sample("cat.png")));
        var status = await fleet.EndOfAsync(jobId);
        Assert.Equal("completed", (string)status["status"]!);
        Assert.Equal(100, (int)status["progress_percentage"]!);
        var result = await fleet.GetAsync($"/api/jobs/{jobId}/result");
        var output = result["result"]!["outputs"]!.AsArray().Single()!;
        Assert.Equal("image/png", (string)output["media_type"]!);
        var upscaled = await fleet.BytesAsync((string)output["url"]!);
        Assert.Equal((long)output["size"]!, upscaled.Length);
        Assert.Equal((1804, 1200), (PngFacts.Of(upscaled).Width, PngFacts.Of(upscaled).Height));
        Assert.Equal(-1, upscaled.AsSpan().IndexOf("tEXt"u8));

        using var raw = await fleet.SubmitAsync("/api/remove-background", "rocket.jpg", accept: "image/png");
        Assert.Equal("image/png", raw.Content.Headers.ContentType!.MediaType);
        Assert.Equal(new PngFacts(640, 427, HasAlpha: true), PngFacts.Of(await raw.Content.ReadAsByteArrayAsync()));

        Assert.Equal("healthy", (string)(await fleet.GetAsync("/health"))["status"]!);
    }

    [Fact]
    public async Task Two_jobs_run_per_instance_and_a_burst_splits_evenly()
    {
        const int Jobs = 50;
        await using var fleet = await Fleet.StartAsync(nodeMilliseconds: 100);

        var ids = await Task.WhenAll(Enumerable.Range(0, Jobs)
            .Select(number => fleet.AcceptAsync("remove-background", Photos.Numbered(number))));
        var most = await MostActiveAsync(fleet);
        var ends = await Task.WhenAll(ids.Select(fleet.EndOfAsync));

        Assert.Equal(4, most);
        Assert.All(ends, end => Assert.True((string)end["status"]! == "completed", $"{end}\n{fleet.Service.Output}"));
        var shares = ends.CountBy(end => (string)end["comfyui_instance"]!).ToDictionary();
        Assert.Equal(fleet.Hosts.Order(), shares.Keys.Order());
        Assert.All(shares.Values, share => Assert.InRange(share, Jobs / 2 * 0.8, Jobs / 2 * 1.2));
    }

    /// <summary>Watches until four are active at once, as they must be while fifty wait; more would be a fault.</summary>
    private static async Task<int> MostActiveAsync(Fleet fleet)
    {
        var most = 0;
        JsonNode stats;
        do
        {
            stats = await fleet.GetAsync("/api/jobs/processor/stats");
            most = Math.Max(most, (int)stats["active_jobs"]!);
            Assert.All(stats["instances"]!.AsArray(), instance => Assert.InRange((int)instance!["active_jobs"]!, 0, 2));
        }
        while ((int)stats["pending_jobs"]! > 0);

        return most;
    }

    private static byte[] DataUri(string text)
    {
        const string Prefix = "data:image/png;base64,";
        Assert.StartsWith(Prefix, text, StringComparison.Ordinal);
        return Convert.FromBase64String(text[Prefix.Length..]);
    }
}
