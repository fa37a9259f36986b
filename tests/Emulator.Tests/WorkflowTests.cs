using AkkaComfy.Emulator.Images;

namespace AkkaComfy.Emulator.Tests;

public sealed class WorkflowTests
{
    [Theory]
    [InlineData("cat.png", 1804, 1200)]
    [InlineData("rocket.jpg", 2560, 1708)]
    public async Task The_upscaling_workflow_enlarges_fourfold(string sample, int width, int height)
    {
        await using var test = await TestComfy.StartAsync();
        var history = await test.RunAsync(Prompts.Workflow("upscale-image", Prompts.Sample(sample)));
        var result = ImageDecoder.Decode(await test.FileOfAsync(history, "4"));
        Assert.Equal((width, height, 3), (result.Width, result.Height, result.Channels));
    }

    [Fact]
    public async Task The_background_workflow_answers_a_transparent_picture_of_the_same_size()
    {
        await using var test = await TestComfy.StartAsync();
        var history = await test.RunAsync(Prompts.Workflow("remove-background", Prompts.Sample("coffee.png")));
        var result = ImageDecoder.Decode(await test.FileOfAsync(history, "3"));
        var sample = ImageDecoder.Decode(Prompts.Sample("coffee.png"));
        Assert.Equal((sample.Width, sample.Height, 4), (result.Width, result.Height, result.Channels));
        var alpha = result.Alpha().Pixels;
        Assert.Contains((byte)0, alpha);
        Assert.Contains((byte)255, alpha);
    }

    [Fact]
    public async Task A_heavy_node_takes_its_time_in_as_many_steps_as_told()
    {
        var clock = new VirtualTime();
        await using var test = await TestComfy.StartAsync(new EmulatorOptions
        {
            Time = clock, NodeTime = TimeSpan.FromSeconds(10), ProgressSteps = 4,
        });
        await using var socket = await test.OpenSocketAsync("c");
        var prompt = Prompts.Workflow("remove-background", Prompts.Sample("cat.png"));
        var id = await test.SubmitAsync(prompt, "c");
        for (var step = 1; step <= 4; step++)
        {
            await test.Comfy.WhenParked();
            Assert.Equal(TimeSpan.FromSeconds(2.5 * step), clock.NextDue);
            await clock.AdvanceToAsync(TimeSpan.FromSeconds(2.5 * step), test.Comfy.WhenParked);
            var progress = await socket.ReadUntilAsync("progress");
            Assert.Equal((step, 4), ((int)progress["value"]!, (int)progress["max"]!));
        }

        var execution = await test.EndOfAsync(id);
        Assert.Equal(TimeSpan.FromSeconds(10), execution.Ended - execution.Started);
    }
}
