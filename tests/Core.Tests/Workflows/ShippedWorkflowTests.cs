using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class ShippedWorkflowTests
{
    private static readonly string Folders = Path.Combine(AppContext.BaseDirectory, "workflows");

    [Fact]
    public void Two_workflows_ship() => Assert.Equal(
        ["remove-background", "upscale-image"],
        Directory.GetDirectories(Folders).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("remove-background", "ETN_LoadImageBase64 InspyrenetRembg SaveImage", "3", "")]
    [InlineData("upscale-image", "ETN_LoadImageBase64 ImageUpscaleWithModel SaveImage UpscaleModelLoader", "4", "4x_NMKD-Siax_200k.pth")]
    public void A_shipped_workflow_takes_an_image_as_base64_and_saves_one(
        string name, string classes, string output, string models)
    {
        var workflow = Load(name);

        Assert.Equal(classes, string.Join(' ', workflow.Needs.Classes.Order(StringComparer.Ordinal)));
        Assert.Equal(models, string.Join(' ', workflow.Needs.Models));
        Assert.Equal([new WorkflowOutput(output, "image")], workflow.Outputs.AsEnumerable());
        Assert.Equal(workflow.Needs.Models, workflow.Needs.Choices.Select(choice => choice.Value));
        Assert.Null(workflow.Timeout);
        var binding = Assert.Single(workflow.Bind(workflow.ReadWith("imageFile").Inputs!).Images);
        Assert.Equal(("1", "image", ImagePlacement.Base64), (binding.NodeId, binding.Input, binding.Placement));
    }

    [Fact]
    public void A_catalog_finds_workflows_by_name_and_lists_them_in_order()
    {
        var catalog = new WorkflowCatalog([Load("upscale-image"), Load("remove-background")]);

        Assert.Equal(["remove-background", "upscale-image"], catalog.All.Select(workflow => workflow.Name.Value));
        Assert.True(catalog.TryFind(new WorkflowName("upscale-image"), out var found));
        Assert.Equal("Upscale image", found.Title);
        Assert.False(catalog.TryFind(new WorkflowName("Upscale-Image"), out _));
    }

    private static Workflow Load(string name)
    {
        var folder = Path.Combine(Folders, name);
        var parsed = WorkflowParser.Parse(
            new WorkflowName(name),
            File.ReadAllText(Path.Combine(folder, WorkflowParser.GraphFile)),
            File.ReadAllText(Path.Combine(folder, WorkflowParser.ManifestFile)));
        Assert.True(parsed.IsValid, string.Join('\n', parsed.Problems));
        return parsed.Workflow;
    }
}
