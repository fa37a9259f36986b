using AkkaComfy.Actors.Instance;
using AkkaComfy.Actors.Tests.Support;

namespace AkkaComfy.Actors.Tests;

public sealed class ServerNodesTests
{
    [Theory]
    [InlineData("4x.pth", true)]
    [InlineData("4x.pth/", false)]
    [InlineData("vae.pt", true)]
    [InlineData("sd15/vae.pt", true)]
    [InlineData("clip.pt", true)]
    [InlineData("lip.pt", false)]
    [InlineData("5/vae.pt", false)]
    public void A_model_is_found_by_its_path_or_by_its_file_s_name(string model, bool isOffered) =>
        Assert.Equal(isOffered, new ServerNodes(Samples.Nodes("4x.pth", "sd15/vae.pt", @"sdxl\clip.pt")).OffersModel(model));

    [Fact]
    public void Choices_are_known_of_lists_only()
    {
        var nodes = new ServerNodes(Samples.Nodes("4x.pth"));

        Assert.True(nodes.Has("SaveImage") && !nodes.Has("Nobody"));
        Assert.Equal(["4x.pth"], nodes.Choices("UpscaleModelLoader", "model_name")!);
        Assert.Null(nodes.Choices("UpscaleModelLoader", "device"));
        Assert.Null(nodes.Choices("Nobody", "model_name"));
    }
}
