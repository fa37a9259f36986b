using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaComfy.Host.Commands;
using AkkaComfy.Host.Commands.Run;
using AkkaComfy.Host.Endpoints.Bodies;

namespace AkkaComfy.Host.Tests.Commands;

/// <summary>Which jobs files and parameters make.</summary>
public sealed class RunPlanTests
{
    private static readonly WorkflowBody Inpaint = Workflow(
        "inpaint", ("prompt", "string", false), ("imageFile", "image", true), ("mask", "mask", true));

    private static readonly WorkflowBody Compose = Workflow(
        "compose", ("background", "image", false), ("subject", "image", true));

    private static readonly WorkflowBody Text = Workflow("text", ("prompt", "string", true));

    [Fact]
    public void Each_file_makes_a_job_and_none_takes_the_name_of_another_s_result()
    {
        var items = RunPlan.Of(
            Inpaint, ["a/cat.png", "b/cat.jpg", "dog.png"], [("mask", "@m.png"), ("prompt", "a cat")]);

        Assert.Equal(["cat", "cat-2", "dog"], items.Select(item => item.Stem));
        Assert.Equal(["cat.png", "cat.jpg", "dog.png"], items.Select(item => item.Title));
        Assert.All(items, item => Assert.Equal([("prompt", "a cat")], item.Values));
        Assert.Equal([("imageFile", "b/cat.jpg"), ("mask", "m.png")], items[1].Images);
        Assert.Equal(3, items.Select(item => item.Key).Distinct().Count());
    }

    [Fact]
    public void Files_of_one_name_are_told_apart_by_their_folders() => Assert.Equal(
        ["a/cat.png", "b/cat.png"], RunPlan.Of(Inpaint, ["a/cat.png", "b/cat.png"], []).Select(item => item.Title));

    [Fact]
    public void A_file_goes_where_an_image_is_needed_before_where_one_may_be_given()
    {
        Assert.Equal([("subject", "a.png")], RunPlan.Of(Compose, ["a.png"], [])[0].Images);
        Assert.Equal(
            [("background", "b.png"), ("subject", "a.png")],
            RunPlan.Of(Compose, ["b.png"], [("subject", "a.png")])[0].Images);
    }

    [Fact]
    public void A_workflow_without_images_makes_one_job_named_after_it()
    {
        var item = Assert.Single(RunPlan.Of(Text, [], [("prompt", "a cat")]));

        Assert.Equal(("text", ""), (item.Title, item.Stem));
        Assert.Empty(item.Images);
    }

    [Fact]
    public void What_the_workflow_does_not_take_is_refused_by_name()
    {
        Refused("'text' takes no image, but 'a.png' is given.", () => RunPlan.Of(Text, ["a.png"], []));
        Refused("'inpaint' has no input 'size'; it has: prompt, imageFile, mask.",
            () => RunPlan.Of(Inpaint, ["a.png"], [("size", "3")]));
        Refused("'inpaint' needs an image: name at least one file.", () => RunPlan.Of(Inpaint, [], []));
    }

    [Fact]
    public void All_images_go_through_all_workflows_that_one_image_is_enough_for()
    {
        var items = RunPlan.ForAll(
            [Workflow("up", ("photo", "image", true), ("scale", "number", false)), Inpaint, Text],
            ["cat.png", "dog.png"]);

        Assert.Equal(["cat.up", "dog.up"], items.Select(item => $"{item.Stem}.{item.Workflow}"));
        Assert.All(items, item => Assert.Equal("photo", item.Images[0].Field));
    }

    private static void Refused(string why, Func<object> plan)
    {
        var refused = Assert.Throws<CommandException>(plan);

        Assert.Equal((ExitCodes.Usage, why), (refused.ExitCode, refused.Message));
    }

    private static WorkflowBody Workflow(string name, params (string Name, string Type, bool Required)[] inputs)
    {
        var described = new JsonObject();
        foreach (var (input, type, required) in inputs)
        {
            described[input] = new JsonObject { ["type"] = type, ["required"] = required };
        }

        return new JsonObject { ["name"] = name, ["inputs"] = described }.Deserialize(BodiesJson.Plain.WorkflowBody)!;
    }
}
