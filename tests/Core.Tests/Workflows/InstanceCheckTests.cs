using AkkaComfy.Core.Workflows;
using AkkaComfy.Core.Workflows.Checking;

namespace AkkaComfy.Core.Tests.Workflows;

/// <summary>What is told of a workflow that an instance would not run as it is meant.</summary>
public sealed class InstanceCheckTests
{
    [Fact]
    public void A_workflow_that_an_instance_can_run_has_no_issues() => Assert.Empty(Check(
        Declared.TextToImage,
        """
        "prompt": { "type": "string", "bind": "2.text" },
        "steps": { "type": "integer", "bind": ["5.steps", "6.steps"], "minimum": 1, "maximum": 100 },
        "sampler": { "type": "enum", "bind": "5.sampler_name", "values": ["ddim"], "default": "ddim" },
        "seed": { "type": "seed", "bind": "5.seed" }
        """,
        Declared.Nodes));

    [Fact]
    public void A_node_class_that_is_not_installed_is_an_error()
    {
        var nodes = new Dictionary<string, DeclaredNode>(Declared.Nodes);
        nodes.Remove("Relay");

        AssertIssue(Check(Declared.TextToImage, "", nodes),
            IssueSeverity.Error, "workflow.json", "4.class_type", "there is no node class 'Relay'");
    }

    [Theory]
    [InlineData("sd15.safetensors", "gone.safetensors", "1.inputs.ckpt_name", "'gone.safetensors' is not offered; there are sd15.safetensors, sub/xl.safetensors")]
    [InlineData("\"steps\": 20", "\"steps\": 0", "5.inputs.steps", "0 is not within 1 to 10000")]
    [InlineData("\"cfg\": 8", "\"cfg\": 100.5", "5.inputs.cfg", "100.5 is not within 0 to 100")]
    [InlineData("\"denoise\": 1,", "", "5.inputs.denoise", "KSampler requires it")]
    public void A_value_that_the_instance_would_reject_is_an_error(string good, string bad, string place, string reason) =>
        AssertIssue(
            Check(Declared.TextToImage.Replace(good, bad, StringComparison.Ordinal), "", Declared.Nodes),
            IssueSeverity.Error, "workflow.json", place, reason);

    [Fact]
    public void An_input_that_the_node_does_not_declare_is_a_warning() => AssertIssue(
        Check(Declared.TextToImage.Replace("\"story\": \"once\"", "\"story\": \"once\", \"extra\": 1", StringComparison.Ordinal), "", Declared.Nodes),
        IssueSeverity.Warning, "workflow.json", "7.inputs.extra", "declares no such input");

    [Theory]
    [InlineData(""" "type": "enum", "bind": "5.sampler_name", "values": ["euler", "heun"] """, "values", "'heun' is not offered by '5.sampler_name'; there are euler, ddim")]
    [InlineData(""" "type": "string", "bind": "5.steps" """, "type", "is string, but '5.steps' takes INT")]
    [InlineData(""" "type": "number", "bind": "5.steps" """, "type", "is number, but '5.steps' takes INT")]
    [InlineData(""" "type": "boolean", "bind": "2.text" """, "type", "is boolean, but '2.text' takes STRING")]
    [InlineData(""" "type": "integer", "bind": "7.extra" """, "bind", "the node of '7.extra' declares no such input")]
    public void An_input_that_could_not_be_set_is_an_error(string input, string key, string reason) => AssertIssue(
        Check(Extended, $$""" "a": { {{input}} } """, Declared.Nodes).Where(issue => issue.File == "manifest.json"),
        IssueSeverity.Error, "manifest.json", $"inputs.a.{key}", reason);

    [Theory]
    [InlineData(""" "minimum": 0, "maximum": 5 """, "minimum", "is 0, but '5.steps' takes no less than 1")]
    [InlineData(""" "minimum": 1, "maximum": 20000 """, "maximum", "is 20000, but '5.steps' takes no more than 10000")]
    public void A_range_that_promises_too_much_is_a_warning(string range, string key, string reason) => AssertIssue(
        Check(Declared.TextToImage, $$""" "a": { "type": "integer", "bind": "5.steps", {{range}} } """, Declared.Nodes),
        IssueSeverity.Warning, "manifest.json", $"inputs.a.{key}", reason);

    [Fact]
    public void A_model_that_is_required_is_found_by_its_path_or_its_name_alone()
    {
        static string Requiring(string model) => $$"""{ "inputs": {}, "requires": { "models": ["{{model}}"] } }""";

        Assert.Empty(InstanceCheck.Of(AWorkflow.Valid(Declared.TextToImage, Requiring("xl.safetensors")), Declared.Nodes));
        AssertIssue(
            InstanceCheck.Of(AWorkflow.Valid(Declared.TextToImage, Requiring("l.safetensors")), Declared.Nodes),
            IssueSeverity.Error, "manifest.json", "requires.models", "no node offers the model 'l.safetensors'");
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "'mine.png' is not offered; there are none")]
    public void The_graphs_own_image_matters_only_if_it_may_be_used(bool required, string? reason)
    {
        const string graph = """{ "1": { "class_type": "LoadImage", "inputs": { "image": "mine.png" } } }""";
        var nodes = Declared.With("LoadImage", Declared.Node(("image", Declared.Combo())));

        var issues = Check(
            graph, $$""" "imageFile": { "type": "image", "bind": "1.image", "required": {{(required ? "true" : "false")}} } """, nodes);

        Assert.Equal(reason, issues.SingleOrDefault()?.Reason);
    }

    private static string Extended { get; } =
        Declared.TextToImage.Replace("\"story\": \"once\"", "\"story\": \"once\", \"extra\": 1", StringComparison.Ordinal);

    private static IEnumerable<WorkflowIssue> Check(
        string graph, string inputs, IReadOnlyDictionary<string, DeclaredNode> declared) =>
        InstanceCheck.Of(AWorkflow.Valid(graph, AWorkflow.Manifest(inputs)), declared);

    private static void AssertIssue(
        IEnumerable<WorkflowIssue> issues, IssueSeverity severity, string file, string place, string reason)
    {
        var issue = Assert.Single(issues);
        Assert.Equal((severity, file, place), (issue.Severity, issue.File, issue.Place));
        Assert.Contains(reason, issue.Reason, StringComparison.Ordinal);
    }
}
