namespace AkkaComfy.EndToEnd;

/// <summary>The demo, run as the README says.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_sends_every_photo_through_both_workflows()
    {
        string[] photos = ["cat.png", "coffee.png", "rocket.jpg"];
        await using var demo = RunningProgram.Service(
            new Dictionary<string, string>(), ["demo", .. photos.Select(Checkout.Sample)]);

        var exitCode = await demo.ExitCodeAsync(TimeSpan.FromMinutes(2));

        Assert.True(exitCode == 0, demo.Output);
        foreach (var stem in photos.Select(Path.GetFileNameWithoutExtension))
        {
            Assert.True(await FactsAsync($"{stem}.remove-background.png") is { HasAlpha: true });
            Assert.True(await FactsAsync($"{stem}.upscale-image.png") is { Width: >= 1804 });
        }

        async Task<PngFacts> FactsAsync(string name) => PngFacts.Of(
            await File.ReadAllBytesAsync(Path.Combine(demo.Scratch.FullName, "demo-output", name)));
    }
}
