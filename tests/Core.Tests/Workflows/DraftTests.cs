using System.Globalization;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Core.Workflows.Drafting;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Workflows;

/// <summary>The manifest that is written for a graph to start from.</summary>
public sealed class DraftTests
{
    [Fact]
    public void Offline_names_and_values_say_what_clients_may_set() => Assert.Equal(
        [
            "prompt string 2.text «a “cat”»",
            "negative_prompt string 3.text «blurry»",
            "cfg number 5.cfg 0..100 «8»",
            "denoise number 5.denoise 0..1 «1»",
            "seed seed 5.seed,6.seed 0..18446744073709551615",
            "steps integer 5.steps 1..10000 «20»",
            "cfg2 number 6.cfg 0..100 «7.5»",
            "denoise2 number 6.denoise 0..1 «0.5»",
            "steps2 integer 6.steps 1..10000 «12»",
        ],
        Inputs(Draft(Declared.TextToImage, null)));

    [Fact]
    public void An_instance_that_is_asked_adds_ranges_choices_and_texts()
    {
        var draft = Draft(Declared.TextToImage, Declared.Nodes);

        var inputs = Inputs(draft).ToList();
        Assert.Contains("sampler enum 5.sampler_name euler,ddim «euler»", inputs);
        Assert.Contains("steps integer 5.steps 1..10000 «20»", inputs);
        Assert.Contains("prompt2 string 7.story «once»", inputs);
        Assert.Equal("What | is\nseen.", draft.Workflow.Inputs["prompt"].Description);
        Assert.Equal(["7"], draft.Workflow.Outputs.Select(output => output.NodeId));
    }

    [Fact]
    public void A_value_that_the_instance_does_not_offer_is_no_default()
    {
        var nodes = Declared.With("KSampler", Declared.Node(("sampler_name", Declared.Combo("ddim"))));

        Assert.Contains("sampler enum 5.sampler_name ddim", Inputs(Draft(Declared.TextToImage, nodes)));
    }

    [Fact]
    public void Images_are_required_and_titled_nodes_keep_their_names()
    {
        var draft = Draft(
            """
            {
              "1": { "class_type": "LoadImage", "inputs": { "image": "x.png" } },
              "2": { "class_type": "LoadImageMask", "inputs": { "image": "m.png", "channel": "alpha" } },
              "3": { "class_type": "PrimitiveInt", "inputs": { "value": 3 }, "_meta": { "title": "input:seed" } },
              "4": { "class_type": "Work", "inputs": { "image": ["1", 0], "mask": ["2", 0], "noise_seed": 4 } }
            }
            """,
            null);

        Assert.Equal(
            [
                "imageFile image 1.image required", "imageFile2 mask 2.image required",
                "seed seed 3.value,4.noise_seed 0..18446744073709551615",
            ],
            Inputs(draft));
    }

    [Fact]
    public void The_readme_tells_the_route_the_inputs_and_how_to_call_it()
    {
        var readme = Draft(Declared.TextToImage, Declared.Nodes).Readme;

        Assert.StartsWith("# My flow\n\n`POST /api/my-flow`\n", readme, StringComparison.Ordinal);
        Assert.Contains("| `steps` | integer | default `20`; 1 to 10000 |", readme, StringComparison.Ordinal);
        Assert.Contains("| `sampler` | enum | default `euler`; one of euler, ddim |", readme, StringComparison.Ordinal);
        Assert.Contains("| `prompt` | string | default `a “cat”`; What \\| is seen. |", readme, StringComparison.Ordinal);
        Assert.Contains("curl -F prompt='a “cat”' localhost:3000/api/my-flow", readme, StringComparison.Ordinal);
        Assert.Contains("sd15.safetensors", readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my-flow", """{ "nodes": [], "links": [] }""", "Workflow > Export (API)")]
    [InlineData("my-flow", """{ "1": { "class_type": "A" } }""", "it has no 'inputs'")]
    [InlineData("My Flow", """{ "1": { "class_type": "A", "inputs": {} } }""", "the name 'My Flow' is not allowed")]
    [InlineData("jobs", """{ "1": { "class_type": "A", "inputs": {} } }""", "reserved")]
    [InlineData("my-flow", """{ "1": { "class_type": "A", "inputs": {}, "_meta": { "title": "input:x" } } }""", "has no widget")]
    public void What_could_never_be_a_workflow_is_refused(string name, string graph, string reason)
    {
        var (draft, problems) = WorkflowDraft.Of(new WorkflowName(name), graph, null);

        Assert.Null(draft);
        Assert.Contains(reason, Assert.Single(problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anything_to_set_the_manifest_is_there_all_the_same() => Assert.Empty(
        Draft("""{ "1": { "class_type": "SaveImage", "inputs": { "filename_prefix": "x" } } }""", null).Workflow.Inputs);

    private static WorkflowDraft Draft(string graph, IReadOnlyDictionary<string, DeclaredNode>? declared)
    {
        var (draft, problems) = WorkflowDraft.Of(new WorkflowName("my-flow"), graph, declared);
        Assert.True(draft is not null, string.Join('\n', problems));
        return draft;
    }

    private static IEnumerable<string> Inputs(WorkflowDraft draft) => draft.Workflow.Inputs.Values.Select(input =>
        string.Join(' ', new[]
        {
            input.Name, input.TypeName, string.Join(',', input.Bind), string.Join(',', input.Values),
            input.Minimum is { } minimum && minimum != long.MinValue ? $"{minimum}..{input.Maximum}" : "",
            input.Required ? "required" : "",
            input.Default switch
            {
                InputValue.Text text => $"«{text.Value}»",
                InputValue.Integer whole => $"«{whole.Value}»",
                InputValue.Number number => $"«{number.Value.ToString(CultureInfo.InvariantCulture)}»",
                _ => "",
            },
        }.Where(part => part.Length > 0)));
}
