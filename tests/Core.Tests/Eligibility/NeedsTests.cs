using AkkaComfy.Core.Eligibility;
using AkkaComfy.Core.Tests.Workflows;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Eligibility;

public sealed class NeedsTests
{
    private const string Graph = """
        {
          "1": { "class_type": "LoadImage", "inputs": { "image": "example.png" } },
          "2": { "class_type": "UpscaleModelLoader", "inputs": { "model_name": "4x.pth" } },
          "3": { "class_type": "Upscale", "inputs": { "model": ["2", 0], "image": ["1", 0], "mode_name": "fine" } },
          "4": { "class_type": "SaveImage", "inputs": { "images": ["3", 0], "filename_prefix": "x" } }
        }
        """;

    private const string Image = """ "imageFile": { "type": "image", "bind": "1.image", "required": true }""";

    private static readonly Dictionary<string, string[]?> Everything = new()
    {
        ["LoadImage.image"] = [],
        ["UpscaleModelLoader.model_name"] = ["2x.pth", "4x.pth"],
        ["Upscale.mode_name"] = ["coarse"],
        ["SaveImage.filename_prefix"] = null,
    };

    [Fact]
    public void An_instance_that_has_it_all_lacks_nothing() => Assert.Null(Lacked(Needs(), Everything));

    [Fact]
    public void What_is_unknown_counts_as_there_but_for_tags_which_are_always_known()
    {
        Assert.Null(Needs().LackedBy(AWorkflow.Name, [], inventory: null));

        var lack = Needs(""" "tags": ["fast", "big"] """).LackedBy(AWorkflow.Name, ["big", "new"], inventory: null);

        Assert.Equal("tags: fast", Told(lack));
    }

    [Fact]
    public void Missing_node_classes_are_named_and_what_they_would_offer_is_not()
    {
        var lack = Lacked(Needs(), new() { ["LoadImage.image"] = [], ["SaveImage.x"] = null });

        Assert.Equal("nodes: Upscale UpscaleModelLoader", Told(lack));
    }

    [Fact]
    public void A_model_that_its_loader_does_not_offer_is_named_once_though_the_manifest_names_it_too() =>
        Assert.Equal(
            "models: 4x.pth",
            Told(Lacked(Needs(""" "models": ["4x.pth"] """), With("UpscaleModelLoader.model_name", ["2x.pth"]))));

    [Fact]
    public void A_model_offered_to_another_loader_does_not_do_for_this_one() =>
        Assert.Equal(
            "models: 4x.pth",
            Told(Lacked(Needs(), With("UpscaleModelLoader.model_name", []), ("VAELoader.vae_name", ["4x.pth"]))));

    [Fact]
    public void A_model_that_only_the_manifest_names_may_be_offered_anywhere_and_in_a_folder()
    {
        var needs = Needs(""" "models": ["vae.pt", "clip.pt"] """);

        Assert.Equal("models: clip.pt vae.pt", Told(Lacked(needs, Everything)));
        Assert.Equal("models: clip.pt", Told(Lacked(needs, Everything, ("Any.where", ["x", "sd15/vae.pt"]))));
    }

    [Fact]
    public void An_input_that_is_no_list_takes_any_value() =>
        Assert.Null(Lacked(Needs(), With("UpscaleModelLoader.model_name", null)));

    [Theory]
    [InlineData(""" "type": "string" """, "")]
    [InlineData(""" "type": "string", "default": "8x.pth" """, "")]
    [InlineData(""" "type": "enum", "values": ["2x.pth", "8x.pth"] """, "")]
    [InlineData(""" "type": "enum", "values": ["2x.pth", "8x.pth"], "default": "2x.pth" """, "")]
    [InlineData(""" "type": "enum", "values": ["2x.pth", "8x.pth"], "default": "8x.pth" """, "models: 8x.pth")]
    public void A_model_that_clients_choose_is_not_asked_for_unless_it_is_the_default_of_an_enum(
        string input, string lacked)
    {
        var workflow = AWorkflow.Valid(
            Graph, AWorkflow.Manifest($$"""{{Image}}, "model": { "bind": "2.model_name", {{input}} }"""));

        Assert.Equal(lacked, Told(Lacked(workflow.Needs, Everything)));
    }

    private static WorkflowNeeds Needs(string requires = "") =>
        AWorkflow.Valid(Graph, AWorkflow.Manifest(Image, $$""", "requires": { {{requires}} }""")).Needs;

    private static Dictionary<string, string[]?> With(string input, string[]? choices) =>
        new(Everything) { [input] = choices };

    private static Lack? Lacked(
        WorkflowNeeds needs, Dictionary<string, string[]?> has, params (string Input, string[]? Choices)[] more) =>
        needs.LackedBy(AWorkflow.Name, [], new Inventory(
            has.Concat(more.Select(input => KeyValuePair.Create(input.Input, input.Choices))).ToDictionary()));

    private static string Told(Lack? lack) => lack is null ? "" : string.Join("; ",
        new[] { ("nodes", lack.Nodes), ("models", lack.Models), ("tags", lack.Tags) }
            .Where(part => !part.Item2.IsEmpty)
            .Select(part => $"{part.Item1}: {string.Join(' ', part.Item2)}"));

    private sealed class Inventory(Dictionary<string, string[]?> inputs) : INodeInventory
    {
        public bool Has(string classType) => inputs.Keys.Any(input => input.Split('.')[0] == classType);

        public IReadOnlyList<string>? Choices(string classType, string input) =>
            inputs.GetValueOrDefault($"{classType}.{input}");

        public bool OffersModel(string model) =>
            inputs.Values.Any(choices => choices?.Any(choice => choice.Split('/')[^1] == model) == true);
    }
}
