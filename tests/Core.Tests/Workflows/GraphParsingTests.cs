using AkkaComfy.Core.Eligibility;
using AkkaComfy.Core.Workflows;
using AkkaComfy.Messages;
using static AkkaComfy.Core.Tests.Workflows.AWorkflow;

namespace AkkaComfy.Core.Tests.Workflows;

public sealed class GraphParsingTests
{
    private const string NoInputs = """{ "inputs": {} }""";

    [Fact]
    public void A_graph_tells_its_nodes_classes_and_models()
    {
        var workflow = Valid(Graph, NoInputs);

        Assert.Equal(5, workflow.NodeCount);
        Assert.Equal("SaveImage", workflow.ClassOf("5:1"));
        Assert.Null(workflow.ClassOf("9"));
        Assert.Equal(
            ["CheckpointLoaderSimple", "ETN_LoadMaskBase64", "KSampler", "LoadImage", "SaveImage"],
            workflow.Needs.Classes.Order(StringComparer.Ordinal));
        Assert.Equal(
            [new NeededChoice("CheckpointLoaderSimple", "ckpt_name", "sd15.safetensors")],
            workflow.Needs.Choices.AsEnumerable());
    }

    [Theory]
    [InlineData("", "", "is not valid JSON")]
    [InlineData("{", "", "is not valid JSON")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": {} }, "1": { "class_type": "A", "inputs": {} } }""", "", "is not valid JSON")]
    [InlineData("[]", "", "must be a JSON object, but is a list")]
    [InlineData("null", "", "must be a JSON object, but is null")]
    [InlineData("{}", "", "has no nodes")]
    [InlineData("""{ "1": { "class_type": "\ud83d", "inputs": { "\udc00": 1 } } }""", "", "is no Unicode")]
    [InlineData("""{ "last_node_id": 3, "nodes": [], "links": [] }""", "", "Workflow > Export (API)")]
    [InlineData("""{ "prompt": { "1": { "class_type": "A", "inputs": {} } }, "client_id": "x" }""", "", "keep only the object under 'prompt'")]
    [InlineData("""{ "1": "A" }""", "1", "a node must be an object, but is 'A'")]
    [InlineData("""{ "1": { "inputs": {} } }""", "1.class_type", "needs the name of its class")]
    [InlineData("""{ "1": { "class_type": 7, "inputs": {} } }""", "1.class_type", "needs the name of its class")]
    [InlineData("""{ "1": { "class_type": "A" } }""", "1.inputs", "it has no 'inputs', which would stop ComfyUI's worker thread")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": [] } }""", "1.inputs", "'inputs' is a list, which would stop ComfyUI's worker thread")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": null } }""", "1.inputs", "'inputs' is null")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": ["9", 0] } } }""", "1.inputs.x", "reads from node '9', which does not exist")]
    [InlineData("""{ "1": { "class_type": "A", "inputs": { "x": ["1", 0] } } }""", "1", "reads, through others, from itself")]
    public void A_graph_that_ComfyUI_would_not_survive_is_refused_with_place_and_reason(
        string graph, string place, string reason)
    {
        var problem = TheProblem(graph, NoInputs);

        Assert.Equal("workflow.json", problem.File);
        Assert.Equal(place, problem.Place);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_found_behind_nodes_that_only_wait_for_it()
    {
        var problem = TheProblem(
            """
            {
              "1": { "class_type": "A", "inputs": {} },
              "2": { "class_type": "A", "inputs": { "x": ["1", 0], "y": ["3", 0] } },
              "3": { "class_type": "A", "inputs": { "x": ["4", 0], "y": ["1", 0] } },
              "4": { "class_type": "A", "inputs": { "x": ["3", 0] } },
              "5": { "class_type": "A", "inputs": { "x": ["2", 0] } }
            }
            """,
            NoInputs);

        Assert.Contains(problem.Place, new[] { "3", "4" });
    }

    [Fact]
    public void Lists_that_are_not_links_are_values()
    {
        var workflow = Valid(
            """{ "1": { "class_type": "A", "inputs": { "x": [1, 2], "y": ["9"], "z": ["9", "0"], "w": ["9", 0, 1] }}}""",
            NoInputs);

        Assert.Equal("""{"x":[1,2],"y":["9"],"z":["9","0"],"w":["9",0,1]}""",
            workflow.Bind(Inputs.Empty).Graph["1"]!["inputs"]!.ToJsonString());
    }

    [Theory]
    [InlineData("jobs", "reserved")]
    [InlineData("async", "reserved")]
    [InlineData("", "not allowed")]
    [InlineData("-a", "not allowed")]
    [InlineData("Upscale", "not allowed")]
    [InlineData("a_b", "not allowed")]
    [InlineData("a/b", "not allowed")]
    [InlineData("a\n", "not allowed")]
    public void A_folder_whose_name_cannot_be_a_route_is_refused(string name, string reason)
    {
        var parsed = WorkflowParser.Parse(new WorkflowName(name), Graph, NoInputs);

        var problem = Assert.Single(parsed.Problems);
        Assert.Equal("(folder)", problem.File);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_name_has_at_most_64_characters(int length, bool allowed) =>
        Assert.Equal(allowed, WorkflowNames.WhatIsWrongWith(new string('a', length)) is null);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var parsed = WorkflowParser.Parse(
            new WorkflowName("logs"),
            """{ "1": { "class_type": "A" }, "2": { "inputs": {} } }""",
            """{ "titel": "x", "inputs": { "a": { "type": "colour", "bind": "1.x" } }, "priority": 1.5 }""");

        Assert.Equal(
            [
                ("(folder)", ""), ("workflow.json", "1.inputs"), ("workflow.json", "2.class_type"),
                ("manifest.json", "titel"), ("manifest.json", "inputs.a.type"), ("manifest.json", "priority"),
            ],
            parsed.Problems.Select(problem => (problem.File, problem.Place)));
    }
}
