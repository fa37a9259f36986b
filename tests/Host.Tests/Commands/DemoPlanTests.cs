using AkkaComfy.Host.Demo;

namespace AkkaComfy.Host.Tests.Commands;

public class DemoPlanTests
{
    [Fact]
    public void Every_image_goes_through_every_workflow_and_no_result_overwrites_another()
    {
        var jobs = DemoPlan.For(["a/cat.png", "b/cat.jpg", "dog.png"], [("upscale", "imageFile"), ("rembg", "photo")]);

        Assert.Equal(
            ["cat.upscale", "cat.rembg", "cat-2.upscale", "cat-2.rembg", "dog.upscale", "dog.rembg"],
            jobs.Select(job => $"{job.Stem}.{job.Workflow}"));
        Assert.Equal("photo", jobs[1].Field);
    }
}
